/**
 * What people decided about groups, as must-links and cannot-links between signals. Signals that must be together share a
 * number; two numbers may be apart. A later decision stands over an earlier one: of what contradicts it, only that part is
 * left out. Deterministic; cost: near linear in the signals named.
 */
import type { Finding } from '../../model/finding.ts';
import { alertKey, findingKey, type Grouping, type SignalKey } from '../../model/grouping.ts';
import type { Telemetry } from '../../model/telemetry.ts';

export class DecidedGroups {
  readonly groupings: readonly Grouping[];
  readonly #numberOf = new Map<SignalKey, number>();
  readonly #parent: number[] = [];
  /** By root. */
  readonly #apart = new Map<number, Set<number>>();

  constructor(groupings: readonly Grouping[]) {
    this.groupings = groupings;
    for (const { kind, members, others } of [...groupings].sort((a, b) => b.id - a.id)) {
      if (kind === 'together') this.#joinAll([...members, ...others]);
      else {
        const sides = [this.#joinAll(members), this.#joinAll(others)] as const;
        for (const one of sides[0]) for (const other of sides[1]) this.#part(one, other);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#numberOf.size === 0;
  }

  /** -1 = nobody said anything about it. */
  ofKey(key: SignalKey): number {
    const number = this.#numberOf.get(key);
    return number === undefined ? -1 : this.#root(number);
  }
  ofAlert({ alerts }: Telemetry, index: number): number {
    if (this.isEmpty) return -1;
    const { externalId, startTime } = alerts[index]!;
    return this.ofKey(alertKey(externalId, startTime));
  }
  ofFinding(telemetry: Telemetry, finding: Finding): number {
    return this.isEmpty ? -1 : this.ofKey(keyOfFinding(telemetry, finding));
  }

  /** Numbers as `ofKey` gives them, or -1. */
  areApart(a: number, b: number): boolean {
    if (a < 0 || b < 0) return false;
    return this.#apart.get(this.#root(a))?.has(this.#root(b)) ?? false;
  }
  isSame(a: number, b: number): boolean {
    return a >= 0 && b >= 0 && this.#root(a) === this.#root(b);
  }

  /** From now on they are one; does nothing where they are apart or where nobody said anything. */
  join(a: number, b: number): void {
    if (a < 0 || b < 0 || this.isSame(a, b) || this.areApart(a, b)) return;
    const [kept, gone] = [this.#root(a), this.#root(b)].sort((x, y) => x - y) as [number, number];
    this.#parent[gone] = kept;
    for (const other of this.#apart.get(gone) ?? []) {
      this.#apart.get(other)!.delete(gone);
      this.#part(kept, other);
    }
    this.#apart.delete(gone);
  }

  /** Joins what may be joined; answers one number for each part that later decisions keep apart. */
  #joinAll(keys: readonly SignalKey[]): readonly number[] {
    const parts: number[] = [];
    for (const key of keys) {
      const number = this.#add(key);
      const part = parts.find((known) => !this.areApart(known, number));
      if (part === undefined) parts.push(number);
      else this.join(part, number);
    }
    return parts;
  }

  #part(a: number, b: number): void {
    const [one, other] = [this.#root(a), this.#root(b)];
    if (one === other) return;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = this.#apart.get(from) ?? new Set<number>();
      this.#apart.set(from, known.add(to));
    }
  }

  #add(key: SignalKey): number {
    const known = this.#numberOf.get(key);
    if (known !== undefined) return known;
    const number = this.#parent.length;
    this.#parent.push(number);
    this.#numberOf.set(key, number);
    return number;
  }
  #root(number: number): number {
    let at = number;
    while (this.#parent[at] !== at) at = this.#parent[at] = this.#parent[this.#parent[at]!]!;
    return at;
  }
}

export function keyOfFinding(telemetry: Telemetry, { kind, entity, subject }: Finding): SignalKey {
  return findingKey(kind, telemetry.entities[entity] ?? null, subject);
}

/**
 * Parts a list where people said so: each item goes to the first part that it may be in, what nobody spoke about to the
 * part that holds the item nearest to it. Parts keep the order of the list; one part is the usual answer.
 */
export function partDecided<Item>(
  items: readonly Item[],
  decided: DecidedGroups,
  numberOf: (item: Item) => number,
  timeOf: (item: Item) => number,
): Item[][] {
  const numbers = items.map(numberOf);
  const parts: { number: number; readonly at: number[] }[] = [];
  items.forEach((_, at) => {
    const number = numbers[at]!;
    if (number < 0) return;
    const part = parts.find((known) => !decided.areApart(known.number, number));
    if (!part) parts.push({ number, at: [at] });
    else {
      decided.join(part.number, number);
      part.at.push(at);
    }
  });
  if (parts.length < 2) return [[...items]];
  const partOfItem = new Map(parts.flatMap((part, index) => part.at.map((at) => [at, index] as const)));
  const chosen = items.map((item, at) => {
    const known = partOfItem.get(at);
    if (known !== undefined) return known;
    const distances = parts.map((part) =>
      part.at.reduce((least, one) => Math.min(least, Math.abs(timeOf(items[one]!) - timeOf(item))), Infinity),
    );
    return distances.indexOf(Math.min(...distances));
  });
  return parts.map((_, index) => items.filter((__, at) => chosen[at] === index));
}
