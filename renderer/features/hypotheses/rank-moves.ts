/**
 * Ranks that moved, for one minute: an arrow tells the room that the order is not the one they saw. Nothing moves by
 * itself; ranks change when an analysis was run again.
 */
export interface RankMove {
  /** Places up (positive) or down. */
  readonly places: number;
  readonly untilMs: number;
}

export interface RankMemory {
  readonly incidentId: string;
  readonly ranks: ReadonlyMap<string, number>;
  readonly moves: ReadonlyMap<string, RankMove>;
}

export const SHOWN_FOR_MS = 60_000;

/** `keys` are the hypotheses in their order now. Another incident starts anew. */
export function followRanks(
  before: RankMemory | null,
  incidentId: string,
  keys: readonly string[],
  nowMs: number,
): RankMemory {
  const ranks = new Map(keys.map((key, index) => [key, index]));
  if (before?.incidentId !== incidentId) return { incidentId, ranks, moves: new Map() };
  const moves = new Map([...before.moves].filter(([key, { untilMs }]) => untilMs > nowMs && ranks.has(key)));
  for (const [key, rank] of ranks) {
    const was = before.ranks.get(key);
    if (was !== undefined && was !== rank) moves.set(key, { places: was - rank, untilMs: nowMs + SHOWN_FOR_MS });
  }
  return { incidentId, ranks, moves };
}

/** `↑2` or `↓1`; '' when it did not move lately. */
export function moveText(memory: RankMemory | null, key: string, nowMs: number): string {
  const move = memory?.moves.get(key);
  if (!move || move.untilMs <= nowMs) return '';
  return `${move.places > 0 ? '↑' : '↓'}${Math.abs(move.places)}`;
}
