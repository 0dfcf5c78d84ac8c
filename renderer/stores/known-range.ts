/** A range of time cut at the knowledge cursor: what lists may show as known, and what came after it. */
import { useMemo } from 'react';
import type { UnixNano } from '../../shared/model/time.ts';
import type { EffectiveRange } from './effective-range.ts';
import { useViewStore } from './view-state.ts';

export interface KnownParts {
  /** Up to and with the cursor; null when the range lies after it. */
  readonly known: EffectiveRange | null;
  /** Null when all of the range was known. */
  readonly after: EffectiveRange | null;
}

/** `to` of a range is exclusive, what happened at the cursor itself was known. `knownAt` null = now. Pure. */
export function knownParts(range: EffectiveRange, knownAt: bigint | null): KnownParts {
  if (knownAt === null || knownAt + 1n >= range.to) return { known: range, after: null };
  if (knownAt < range.from) return { known: null, after: range };
  const cut = (knownAt + 1n) as UnixNano;
  return { known: { from: range.from, to: cut }, after: { from: cut, to: range.to } };
}

export function useKnownParts(range: EffectiveRange): KnownParts {
  const knownAt = useViewStore((store) => store.knownAt);
  return useMemo(() => knownParts(range, knownAt), [range, knownAt]);
}
