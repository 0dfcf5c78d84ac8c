/** Without an incident: is it calm, or is there too little to know? Calm needs measurements that say so. Pure. */

import { readable } from './evidence-lines.ts';

export type CalmAnswer = 'calm' | 'weak-signs' | 'unknown';

export const HEADLINES: Readonly<Record<CalmAnswer, string>> = {
  calm: 'Nothing unusual in this case',
  'weak-signs': 'Nothing in this case amounts to an incident',
  unknown: 'Not enough to name an incident',
};

/** Why there is no incident, as a page says it: the command line's own way to say when is left to a field there. */
export function calmReason(abstainReason: string | null): string {
  const reason = abstainReason ?? 'Nothing exceeds what ordinary stretches of the data show.';
  return readable(reason.replace(/ \(--at TIME\)/, ''));
}

/** Fewer spans, log records and points than this tell nothing from nothing; as the analysis counts them. */
const FEW_MEASUREMENTS = 200;

export function calmAnswer(
  {
    spans = 0,
    logRecords = 0,
    metricPoints = 0,
  }: {
    readonly spans?: number | undefined;
    readonly logRecords?: number | undefined;
    readonly metricPoints?: number | undefined;
  },
  findingCount: number,
): CalmAnswer {
  if (spans + logRecords + metricPoints < FEW_MEASUREMENTS) return 'unknown';
  return findingCount > 0 ? 'weak-signs' : 'calm';
}
