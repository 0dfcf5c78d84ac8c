/** Why things are one incident, in words: which terms carry the links. Pure. */
import type { CorrelationLink } from '../../../shared/model/analysis-result.ts';

/** A term that carries less of all strength than this did not decide. */
const NOTABLE_SHARE = 0.1;

/** Terms by their part of all strength, strongest first: `time`, `topology`, `text`. */
export function groupingTerms(links: readonly Pick<CorrelationLink, 'terms'>[]): readonly string[] {
  const sums = new Map<string, number>();
  let total = 0;
  for (const { terms } of links) {
    for (const [term, value] of Object.entries(terms)) {
      if (!(value > 0)) continue;
      sums.set(term, (sums.get(term) ?? 0) + value);
      total += value;
    }
  }
  return [...sums]
    .filter(([, sum]) => sum >= NOTABLE_SHARE * total)
    .sort(([leftName, left], [rightName, right]) => right - left || (leftName < rightName ? -1 : 1))
    .map(([term]) => term);
}

/** `time, topology and text`; '' for none. */
export function listText(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
