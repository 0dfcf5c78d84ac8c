/** A panel with a title row (name, worst value, what was expected) over lines in time, and its table twin. */
import { useCallback, useMemo } from 'react';
import { usePreferences } from '../stores/preferences.ts';
import { ribbonStretches } from './anomaly-ribbon.ts';
import type { Band } from './anomaly-ribbon.ts';
import { bucketAt, nearestValue, usualStep } from './bucket-series.ts';
import type { Buckets } from './bucket-series.ts';
import { chartSummary } from './chart-summary.ts';
import { ChartTable } from './chart-table.tsx';
import type { ChangeMark } from './draw-axes.ts';
import { PLOT, drawTimeSeries } from './draw-time-series.ts';
import type { Line } from './draw-time-series.ts';
import type { Surface } from './surface.ts';
import type { TimeAxis } from './time-axis.ts';
import { TimeSurface } from './time-surface.tsx';
import { valueText } from './value-format.ts';
import type { ValueUnit } from './value-format.ts';

const NO_CHANGES: readonly ChangeMark[] = [];

export function TimeChart(properties: {
  readonly title: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly buckets: Buckets;
  /** The first is the one the title, the ribbon and the sentence speak of. */
  readonly lines: readonly Line[];
  readonly band?: Band | null;
  /** Which side of the band is trouble. */
  readonly trouble?: 'above' | 'below' | 'both';
  readonly unit: ValueUnit;
  /** Value of the whole stretch that other views show too; the worst one then stands behind it, said to be the worst. */
  readonly overall?: number | null | undefined;
  readonly changes?: readonly ChangeMark[];
  readonly limit?: { readonly value: number; readonly text: string } | undefined;
  readonly height?: number;
  readonly note?: string;
  readonly isTable?: boolean;
}) {
  const { title, buckets, lines, band = null, trouble = 'both', unit, changes = NO_CHANGES, limit } = properties;
  const { height = 136, from, to } = properties;
  const zone = usePreferences((preferences) => preferences.zone);
  const main = lines[0];
  const ribbon = useMemo(() => (main ? ribbonStretches(main.values, band, trouble) : []), [main, band, trouble]);
  const format = useCallback((value: number) => valueText(value, unit), [unit]);
  const draw = useCallback(
    (surface: Surface, axis: TimeAxis) =>
      drawTimeSeries(surface, axis, zone, { buckets, lines, band, ribbon, changes, limit, format }),
    [zone, buckets, lines, band, ribbon, changes, limit, format],
  );
  const summary = chartSummary({ title, buckets, line: main, band, ribbon, format, zone });
  const { overall } = properties;
  const hasOverall = overall !== undefined && overall !== null && summary.value !== '–';
  const worst = hasOverall ? `${summary.isBelow ? 'lowest' : 'peak'} ${summary.value}` : '';
  const beside = [worst, summary.expected].filter(Boolean).join(' · ');
  // Between two measurements the nearest one is what is known.
  const reach = useMemo(() => lines.map(({ values, isSampled }) => (isSampled ? usualStep(values) : 0)), [lines]);
  const readout = (time: bigint): string => {
    const index = bucketAt(buckets, time);
    if (index < 0) return '';
    return lines
      .map((line, place) =>
        [line.name, format(nearestValue(line.values, index, reach[place] ?? 0))]
          .filter((part) => part !== '')
          .join(' '),
      )
      .join('  ');
  };
  return (
    <section className="chart" aria-label={title}>
      <div className="chart-title">
        <h3 className="cut" dir="auto" title={title}>
          {title}
        </h3>
        <span className={`value ${summary.severity ?? ''}`}>{hasOverall ? format(overall) : summary.value}</span>
        {beside !== '' && (
          <span className="detail text-3 cut" title={beside}>
            {beside}
          </span>
        )}
        {properties.note && <span className="detail text-3 cut">{properties.note}</span>}
      </div>
      {properties.isTable ? (
        <ChartTable title={title} buckets={buckets} lines={lines} format={format} height={height} />
      ) : (
        <TimeSurface
          from={from}
          to={to}
          left={PLOT.left}
          right={PLOT.right}
          height={height}
          summary={summary.sentence}
          draw={draw}
          readout={readout}
        />
      )}
    </section>
  );
}
