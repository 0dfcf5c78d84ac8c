/**
 * What reading the files left open, as blind spots: each with the effect that fits it, the same said once, and nothing
 * that only informs (how columns were mapped, which objects have no place in a topology).
 */
import type { BlindSpot } from '../../model/analysis-result.ts';
import type { Telemetry } from '../../model/telemetry.ts';

/** Lines that a responder still reads. The import report has all. */
const MOST_GAPS = 4;

const EFFECT_OF_KIND: Readonly<Record<string, string>> = {
  unfinished_file: 'What follows the break took no part in the answer.',
  rejected_records: 'They took no part in the answer; the quarantine shows them.',
  unrecognised_file: 'Their content took no part in the answer.',
};
/** By the words importers use, the first that matches. */
const EFFECT_OF_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(no|without) zone\b|\bclocks?\b/i, 'If the zone is another, what came first is not certain.'],
  [/without year/i, 'If the file was written on another day or in another year, their times are off by as much.'],
  [
    /\bno time\b|without (a |any )?time|\b1970\b|time of the file|inherit/i,
    'They cannot be placed before or after the first sign.',
  ],
  [/\bno column\b|are not (read|imported)|cannot be read/i, 'It took no part in the answer.'],
  [/\bcut\b|truncat|left out|longer than|too (long|large|many|deep)|limit/i, 'What was cut off may hold the proof.'],
  [/encod|utf|invalid bytes|not text/i, 'Messages there may be garbled; words in them may be missed.'],
];
const INFORMS = /: read as |^read as |\bcounted but not kept\b/;

export function gapsOfImport(telemetry: Telemetry): BlindSpot[] {
  const spots: BlindSpot[] = telemetry.knownGaps
    .filter(({ text }) => !INFORMS.test(text))
    .map(({ kind, text }) => ({ kind, text: /[.!?…]$/.test(text) ? text : `${text}.`, effect: effectOf(kind, text) }));
  if (spots.length <= MOST_GAPS) return spots;
  const rest = spots.length - MOST_GAPS + 1;
  return [
    ...spots.slice(0, MOST_GAPS - 1),
    {
      kind: 'import_warning',
      text: `${rest} more remarks on files are in the import report.`,
      effect: 'They name records that are incomplete or doubtful.',
    },
  ];
}

function effectOf(kind: string, text: string): string {
  return (
    EFFECT_OF_KIND[kind] ??
    EFFECT_OF_WORDS.find(([pattern]) => pattern.test(text))?.[1] ??
    'Its records may be incomplete.'
  );
}
