/** The table twin of a chart: the same values, one row per bucket. */
import { usePreferences } from '../stores/preferences.ts';
import { clockText } from '../stores/time-format.ts';
import { bucketStart } from './bucket-series.ts';
import type { Buckets } from './bucket-series.ts';
import type { Line } from './draw-time-series.ts';

export function ChartTable(properties: {
  readonly title: string;
  readonly buckets: Buckets;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  readonly height: number;
}) {
  const zone = usePreferences((preferences) => preferences.zone);
  const { buckets, lines, title } = properties;
  const detail = buckets.bucketNs < 1e9 ? 'millisecond' : 'second';
  return (
    <div
      className="chart-table"
      style={{ height: properties.height }}
      tabIndex={0}
      role="region"
      aria-label={`${title}, table`}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">time</th>
            {lines.map(({ name }, index) => (
              <th key={index} scope="col" className="number">
                {name === '' ? title : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measuredBuckets(properties).map((bucket) => (
            <tr key={bucket}>
              <td className="mono">{clockText(bucketStart(buckets, bucket), zone, detail)}</td>
              {lines.map(({ values }, index) => (
                <td key={index} className="number">
                  {properties.format(values[bucket] ?? NaN)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of lines that are measured now and then only the buckets that hold something; else all, since a gap tells something. */
function measuredBuckets({
  buckets,
  lines,
}: {
  readonly buckets: Buckets;
  readonly lines: readonly Line[];
}): readonly number[] {
  const all = Array.from({ length: buckets.bucketCount }, (_, bucket) => bucket);
  if (!lines.every(({ isSampled }) => isSampled)) return all;
  return all.filter((bucket) => lines.some(({ values }) => Number.isFinite(values[bucket])));
}
