/** The links of an incident, short first: what joins its places, then what stands at each of them. Pure. */
import type { CorrelationLink } from '../../../shared/model/analysis-result.ts';

export interface PlaceLinks {
  /** What the others stand beside. */
  readonly lead: CorrelationLink['from'];
  /** In the order of the incident: nearest in time first. */
  readonly links: readonly CorrelationLink[];
}

export interface LinkGroups {
  /** What people decided, then the weakest first: where one of these does not hold, the incident falls apart. */
  readonly between: readonly CorrelationLink[];
  /** Same place, so nobody doubts them: largest first. */
  readonly places: readonly PlaceLinks[];
}

const isDecided = ({ decision }: CorrelationLink): boolean => decision !== undefined;

/** O(n log n). */
export function groupLinks(links: readonly CorrelationLink[]): LinkGroups {
  const atPlace = links.filter((link) => isSamePlace(link));
  const between = links
    .filter((link) => !isSamePlace(link))
    .toSorted((left, right) => Number(isDecided(right)) - Number(isDecided(left)) || left.strength - right.strength);
  const places = [...Map.groupBy(atPlace, ({ from }) => from)]
    .map(([lead, own]) => ({ lead, links: own }))
    .toSorted((left, right) => right.links.length - left.links.length);
  return { between, places };
}

/** The full term is given for one place only; what people decided is told apart, wherever it is. */
function isSamePlace(link: CorrelationLink): boolean {
  return link.terms['topology'] === 1 && !isDecided(link);
}

/** `same place, up to 4 min apart`: the farthest of them. */
export function placeReason({ links }: PlaceLinks): string {
  const reason = links.at(-1)?.reason ?? '';
  return links.length > 1 ? reason.replace(/, (?=\d)/, ', up to ') : reason;
}

/** `13 links join 14 places`, and how much stands at them. */
export function linkSummary({ between, places }: LinkGroups): string {
  const beside = places.reduce((sum, { links }) => sum + links.length, 0);
  const atPlaces =
    beside === 0
      ? ''
      : `${beside} ${beside === 1 ? 'alert or finding stands' : 'alerts and findings stand'} beside another at the same place.`;
  if (between.length === 0) return atPlaces === '' ? '' : `One place: ${atPlaces}`;
  const joined =
    between.length === 1
      ? 'One link joins what happened at different places.'
      : `${between.length} links join what happened at different places; the weakest stand first.`;
  return atPlaces === '' ? joined : `${joined} ${atPlaces}`;
}

/** `topology 0.9, time 0.8`, strongest first, without those that are nothing. */
export function termsText(terms: CorrelationLink['terms']): string {
  return Object.entries(terms)
    .filter(([, value]) => value > 0)
    .sort(([, left], [, right]) => right - left)
    .map(([term, value]) => `${term} ${Number(value.toFixed(2))}`)
    .join(', ');
}
