/** What a chart says in one sentence, for its title row and for people who do not see it. Pure. */
import type { Zone } from '../stores/preferences.ts';
import { clockText } from '../stores/time-format.ts';
import type { Band, RibbonStretch } from './anomaly-ribbon.ts';
import { bucketStart, indexOfGreatest } from './bucket-series.ts';
import type { Buckets } from './bucket-series.ts';
import type { Line } from './draw-time-series.ts';

export interface ChartSummary {
  /** The value that matters most: the one farthest from its band, else the greatest. */
  readonly value: string;
  /** Whether that is the lowest of a stretch below the band; else it is the greatest. */
  readonly isBelow: boolean;
  readonly expected: string;
  readonly severity: 'fail' | 'warn' | null;
  readonly sentence: string;
}

export function chartSummary({
  title,
  buckets,
  line,
  band,
  ribbon,
  format,
  zone,
}: {
  readonly title: string;
  readonly buckets: Buckets;
  readonly line: Line | undefined;
  readonly band: Band | null;
  readonly ribbon: readonly RibbonStretch[];
  readonly format: (value: number) => string;
  readonly zone: Zone;
}): ChartSummary {
  const expected = band ? expectedText(band, format) : '';
  const greatest = line ? indexOfGreatest(line.values) : -1;
  if (!line || greatest < 0) {
    return { value: '–', isBelow: false, expected, severity: null, sentence: `${title}: no values in this range.` };
  }
  const worst = ribbon.toSorted((left, right) => rank(right) - rank(left))[0];
  const index = worst ? worstIndex(line.values, worst) : greatest;
  const value = format(line.values[index] ?? NaN);
  const when = clockText(bucketStart(buckets, worst?.start ?? index), zone);
  const sentence = worst
    ? `${title} ${worst.isAbove ? 'rose above' : 'fell below'} what was expected (${expected.replace('expected ', '')}) from ${when} to ${clockText(bucketStart(buckets, worst.end), zone)}, ${worst.isAbove ? 'at most' : 'at least'} ${value}.`
    : `${title} is at most ${value}, at ${when}${band ? `; ${expected}, never left for long` : ''}.`;
  return { value, isBelow: worst?.isAbove === false, expected, severity: worst?.severity ?? null, sentence };
}

function expectedText({ low, high }: Band, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  if (from === to) return `expected ${to}`;
  if (low <= 0) return `expected ≤ ${to}`;
  // The unit is said once.
  const [fromNumber, fromUnit] = from.split('\u202f');
  const toUnit = to.split('\u202f')[1];
  return `expected ${fromUnit === toUnit ? fromNumber : from} – ${to}`;
}

function rank({ severity, start, end }: RibbonStretch): number {
  return (severity === 'fail' ? 1e9 : 0) + (end - start);
}

function worstIndex(values: Float64Array, { start, end, isAbove }: RibbonStretch): number {
  let best = start;
  for (let index = start; index < end; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    const isWorse = isAbove ? value > values[best]! : value < values[best]!;
    if (isWorse || !Number.isFinite(values[best])) best = index;
  }
  return best;
}
