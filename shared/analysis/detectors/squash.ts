/** 0-1 from a margin: 0 at or below `none`, .5 at `half`, towards 1 beyond. */
export function squash(margin: number, none: number, half: number): number {
  const beyond = (margin - none) / (half - none);
  return beyond > 0 ? beyond / (1 + beyond) : 0;
}
