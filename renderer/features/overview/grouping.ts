/** Why things are one incident, in words: which terms carry the links. Pure. */
import type { CorrelationLink } from '../../../shared/model/analysis-result.ts';

/** A term that carries less of all strength than this did not decide. */
const NOTABLE_SHARE = 0.1;
/** Term of a link that a person made. */
const PERSON = 'person';

/** Terms by their part of all strength, strongest first: `time`, `topology`, `text`. What people decided goes before all. */
export function groupingTerms(links: readonly Pick<CorrelationLink, 'terms'>[]): readonly string[] {
  const sums = new Map<string, number>();
  let total = 0;
  let isDecided = false;
  for (const { terms } of links) {
    for (const [term, value] of Object.entries(terms)) {
      if (!(value > 0)) continue;
      isDecided ||= term === PERSON;
      if (term === PERSON) continue;
      sums.set(term, (sums.get(term) ?? 0) + value);
      total += value;
    }
  }
  const carried = [...sums]
    .filter(([, sum]) => sum >= NOTABLE_SHARE * total)
    .sort(([leftName, left], [rightName, right]) => right - left || (leftName < rightName ? -1 : 1))
    .map(([term]) => term);
  return isDecided ? ['people', ...carried] : carried;
}

/** `time, topology and text`; '' for none. */
export function listText(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
