/**
 * For tables of some hundred rows of any height: draws the first ones, and more whenever their end comes in sight, so that
 * a change of data lays out what is seen and not all there is.
 */
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

const STEP = 40;

export interface DrawnCount {
  /** Rows to draw now. */
  readonly count: number;
  /** For an empty element behind the last row, inside what scrolls. */
  readonly end: RefObject<HTMLDivElement | null>;
}

export function useDrawnCount(total: number): DrawnCount {
  const [drawn, setDrawn] = useState(STEP);
  const end = useRef<HTMLDivElement>(null);
  const hasMore = drawn < total;
  useEffect(() => {
    const element = end.current;
    if (!element || !hasMore) return;
    // A new observer tells at once whether the end is still in sight: a tall panel fills itself.
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setDrawn((before) => before + STEP);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [drawn, hasMore]);
  return { count: Math.min(drawn, total), end };
}
