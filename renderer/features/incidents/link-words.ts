/** Links in order and their terms in words. Pure. */
import type { CorrelationLink } from '../../../shared/model/analysis-result.ts';

/** What people decided first. A duplicate folded under its lead says least; between equals the order of the incident stays. */
export function strongestFirst(links: readonly CorrelationLink[]): readonly CorrelationLink[] {
  const isDecided = ({ decision }: CorrelationLink): number => Number(decision !== undefined);
  return [...links].sort((left, right) => isDecided(right) - isDecided(left) || right.strength - left.strength);
}

/** `topology 0.9, time 0.8`, strongest first, without those that are nothing. */
export function termsText(terms: CorrelationLink['terms']): string {
  return Object.entries(terms)
    .filter(([, value]) => value > 0)
    .sort(([, left], [, right]) => right - left)
    .map(([term, value]) => `${term} ${Number(value.toFixed(2))}`)
    .join(', ');
}
