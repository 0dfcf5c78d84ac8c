/** Latency distribution now against the baseline, with a sentence that says where the bulk lies. */
import { useCallback } from 'react';
import { durationText, percentText } from '../stores/time-format.ts';
import { drawDistribution, occupiedBounds, sharesOf } from './draw-distribution.ts';
import type { Distribution } from './draw-distribution.ts';
import { StillSurface } from './still-surface.tsx';
import type { Surface } from './surface.ts';

export function DistributionChart(properties: {
  readonly title: string;
  readonly distribution: Distribution;
  readonly height?: number;
  readonly isTable?: boolean;
}) {
  const { title, distribution, height = 136 } = properties;
  const draw = useCallback((surface: Surface) => drawDistribution(surface, distribution), [distribution]);
  const bounds = occupiedBounds(distribution);
  const now = sharesOf(distribution.counts);
  const usual = sharesOf(distribution.baselineCounts);
  const most = now.indexOf(Math.max(...now, 0));
  const bound = (index: number): string => boundText(distribution.upperBoundsMs, index);
  const sentence = bounds
    ? `${title}: most calls take ${bound(most)} (${percentText(now[most] ?? 0)}; in the baseline ${percentText(usual[most] ?? 0)}).`
    : `${title}: no calls in this range.`;
  return (
    <section className="chart" aria-label={title}>
      <div className="chart-title">
        <h3>{title}</h3>
        <span className="detail text-3 cut">{bounds ? `most calls ${bound(most)}` : 'no calls in this range'}</span>
      </div>
      {properties.isTable && bounds ? (
        <div className="chart-table" style={{ height }} tabIndex={0} role="region" aria-label={`${title}, table`}>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">takes</th>
                <th scope="col" className="number">
                  now
                </th>
                <th scope="col" className="number">
                  baseline
                </th>
              </tr>
            </thead>
            <tbody>
              {now.slice(bounds.start, bounds.end).map((share, offset) => (
                <tr key={offset}>
                  <td>{bound(bounds.start + offset)}</td>
                  <td className="number">{percentText(share)}</td>
                  <td className="number">{percentText(usual[bounds.start + offset] ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <StillSurface height={height} summary={sentence} draw={draw} />
      )}
    </section>
  );
}

function boundText(upperBoundsMs: readonly number[], index: number): string {
  const upper = upperBoundsMs[index] ?? Infinity;
  const lower = upperBoundsMs[index - 1] ?? 0;
  if (!Number.isFinite(upper)) return `over ${durationText(lower * 1e6)}`;
  return lower <= 0
    ? `up to ${durationText(upper * 1e6)}`
    : `${durationText(lower * 1e6)} – ${durationText(upper * 1e6)}`;
}
