/** The histogram of log levels as a chart: shares hairline and brush with every other one. */
import { useCallback, useMemo } from 'react';
import { usePreferences } from '../stores/preferences.ts';
import { clockText, countText } from '../stores/time-format.ts';
import { bucketAt, bucketStart, indexOfGreatest } from './bucket-series.ts';
import type { Buckets } from './bucket-series.ts';
import { ChartTable } from './chart-table.tsx';
import type { ChangeMark } from './draw-axes.ts';
import { HISTOGRAM_LEFT, drawLevelHistogram } from './draw-level-histogram.ts';
import type { CutBox, StackedLevel } from './draw-level-histogram.ts';
import type { Surface } from './surface.ts';
import type { TimeAxis } from './time-axis.ts';
import { TimeSurface } from './time-surface.tsx';

const NO_CUTS: readonly CutBox[] = [];

export function LevelHistogramChart(properties: {
  readonly from: bigint;
  readonly to: bigint;
  readonly buckets: Buckets;
  readonly counts: Readonly<Record<StackedLevel, Float64Array>>;
  readonly changes: readonly ChangeMark[];
  readonly cuts?: readonly CutBox[];
  readonly height?: number;
  readonly isTable?: boolean;
  readonly onPick?: (time: bigint) => void;
}) {
  const { buckets, counts, changes, cuts = NO_CUTS, height = 108, from, to } = properties;
  const zone = usePreferences((preferences) => preferences.zone);
  const draw = useCallback(
    (surface: Surface, axis: TimeAxis) => drawLevelHistogram(surface, axis, zone, { buckets, counts, changes, cuts }),
    [zone, buckets, counts, changes, cuts],
  );
  const lines = useMemo(
    () => [
      { name: 'error', values: counts.error, look: 'ink' as const },
      { name: 'warn', values: counts.warn, look: 'second' as const },
      { name: 'other', values: counts.rest, look: 'third' as const },
    ],
    [counts],
  );
  if (properties.isTable) {
    return <ChartTable title="Log rows by level" buckets={buckets} lines={lines} format={countText} height={height} />;
  }
  const sum = (values: Float64Array): number => values.reduce((total, count) => total + count, 0);
  const peak = indexOfGreatest(counts.error);
  const peakText =
    peak >= 0 && counts.error[peak]! > 0
      ? ` Most errors at ${clockText(bucketStart(buckets, peak), zone)}: ${countText(counts.error[peak]!)}.`
      : '';
  const summary = `Log rows by level: ${countText(sum(counts.error))} errors, ${countText(sum(counts.warn))} warnings, ${countText(sum(counts.rest))} others.${peakText}${cuts.map(({ text }) => ` Missing: ${text}.`).join('')}`;
  const readout = (time: bigint): string => {
    const index = bucketAt(buckets, time);
    return index < 0
      ? ''
      : lines
          .filter(({ values }) => values[index]! > 0)
          .map(({ name, values }) => `${name} ${countText(values[index]!)}`)
          .join('  ');
  };
  return (
    <TimeSurface
      from={from}
      to={to}
      left={HISTOGRAM_LEFT}
      right={12}
      height={height}
      summary={summary}
      draw={draw}
      readout={readout}
      onPick={properties.onPick}
    />
  );
}
