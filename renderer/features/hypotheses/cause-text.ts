/** A cause with its evidence as a message people paste into a channel: short, sourced, and as sure as the analysis is. Pure. */
import type { JudgedHypothesis } from '../../../shared/contract/note-schemas.ts';
import { readable } from '../../../shared/report/evidence-lines.ts';
import { shareText, shareWord } from './shares.ts';

const SIGNS = { supports: '+', contradicts: '−', missing: '?' } as const;

export function causeText(cause: JudgedHypothesis, hundredths: number): string {
  const state =
    cause.judgement === null
      ? 'not confirmed'
      : `${cause.judgement.verdict}${cause.judgement.by === '' ? '' : ` by ${cause.judgement.by}`}`;
  const lines = cause.evidence.map(({ stance, text, refs, strike }) => {
    const rows = refs.length === 0 ? '' : ` [${refs.slice(0, 3).join(' ')}]`;
    const struck = strike === null ? '' : ` (struck out${strike.by === '' ? '' : ` by ${strike.by}`})`;
    return `${SIGNS[stance]} ${readable(text)}${rows}${struck}`;
  });
  const { original } = cause;
  const isMoved = original.rank !== cause.rank || original.confidence !== cause.confidence;
  const before = `The analysis had it at ${original.rank} with ${original.confidence.toFixed(2)}, before people rejected causes or struck evidence out`;
  return [
    readable(cause.summary),
    `Possible cause ${cause.rank}: ${shareText(hundredths)} ${shareWord(hundredths / 100)}, ${state}`,
    ...(isMoved ? [before] : []),
    ...lines,
  ].join('\n');
}
