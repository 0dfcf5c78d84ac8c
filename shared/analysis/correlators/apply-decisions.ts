/** Where correlation meets what people decided: cells parted, groups joined again, and the links that say so. */
import type { GroupDecision } from '../../model/analysis-result.ts';
import type { Finding } from '../../model/finding.ts';
import { alertKey, type SignalKey } from '../../model/grouping.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import { makeCell, type Cell } from './build-signals.ts';
import type { AlertFold, Signal, SignalLink } from './correlator.ts';
import { keyOfFinding, partDecided, type DecidedGroups } from './decided-groups.ts';
import type { CellGroup, CellRules } from './group-cells.ts';

export interface DecisionInput {
  readonly telemetry: Telemetry;
  readonly folds: readonly AlertFold[];
  readonly findings: readonly Finding[];
  readonly signals: readonly Signal[];
}

/** What decisions say about one signal; -1 = nothing. */
export function numberOfSignal(
  { telemetry, folds, findings }: DecisionInput,
  decided: DecidedGroups,
  signal: Signal,
): number {
  if (signal.source === 'finding') return decided.ofFinding(telemetry, findings[signal.index]!);
  // Folds were parted already: all numbers in one are the same.
  const numbers = folds[signal.index]!.members.map((member) => decided.ofAlert(telemetry, member));
  return numbers.find((number) => number >= 0) ?? -1;
}

/** Cells that hold what people parted, parted. */
export function partCells(input: DecisionInput, decided: DecidedGroups, cells: readonly Cell[]): readonly Cell[] {
  if (decided.isEmpty) return cells;
  const { telemetry, folds, findings, signals } = input;
  return cells.flatMap((cell) => {
    const numberOf = (at: number): number => numberOfSignal(input, decided, signals[at]!);
    const parts = partDecided(cell.signals, decided, numberOf, (at) => signals[at]!.startNs);
    return parts.length === 1 ? [cell] : parts.map((part) => makeCell(telemetry, folds, findings, signals, part));
  });
}

/** Cells that people spoke about, and what follows for grouping. */
export function rulesOfCells(
  input: DecisionInput,
  decided: DecidedGroups,
  cells: readonly Cell[],
): { readonly ruled: readonly number[]; readonly rules: CellRules } {
  const numbers = cells.map((cell) =>
    decided.isEmpty
      ? -1
      : (cell.signals.map((at) => numberOfSignal(input, decided, input.signals[at]!)).find((number) => number >= 0) ??
        -1),
  );
  return {
    ruled: numbers.flatMap((number, cell) => (number >= 0 ? [cell] : [])),
    rules: {
      mustJoin: (a, b) => decided.isSame(numbers[a]!, numbers[b]!),
      mayJoin: (a, b) => !decided.areApart(numbers[a]!, numbers[b]!),
    },
  };
}

/** Groups that were cut although people decided that their cells belong together are one again. */
export function rejoinGroups(groups: readonly CellGroup[], ruled: readonly number[], rules: CellRules): CellGroup[] {
  if (ruled.length === 0) return [...groups];
  const kept: CellGroup[] = [];
  const isRuled = new Set(ruled);
  for (const group of groups) {
    let joined = group;
    for (let at = kept.length - 1; at >= 0; at--) {
      const mine = joined.cells.filter((cell) => isRuled.has(cell));
      const isOne = kept[at]!.cells.some((one) => isRuled.has(one) && mine.some((other) => rules.mustJoin(one, other)));
      if (!isOne) continue;
      const [before] = kept.splice(at, 1);
      const cells = [...before!.cells, ...joined.cells].sort((a, b) => a - b);
      joined = { cells, links: [...before!.links, ...joined.links] };
    }
    kept.push(joined);
  }
  return kept;
}

export interface DecisionsOfGroup {
  readonly decisions: readonly GroupDecision[];
  readonly links: readonly SignalLink[];
}

/** For groups of signals: which decisions shaped each, and the links that people made. */
export function decisionsOfGroups(
  input: DecisionInput,
  decided: DecidedGroups,
): (members: readonly number[]) => DecisionsOfGroup {
  const { telemetry, folds, findings, signals } = input;
  const sidesOf = new Map<SignalKey, { readonly grouping: number; readonly side: 'members' | 'others' }[]>();
  for (const { id, members, others } of decided.groupings)
    for (const [side, keys] of [
      ['members', members],
      ['others', others],
    ] as const)
      for (const key of keys) sidesOf.set(key, [...(sidesOf.get(key) ?? []), { grouping: id, side }]);
  const keysOf = ({ source, index }: Signal): readonly SignalKey[] =>
    source === 'finding'
      ? [keyOfFinding(telemetry, findings[index]!)]
      : folds[index]!.members.map((member) => {
          const { externalId, startTime } = telemetry.alerts[member]!;
          return alertKey(externalId, startTime);
        });
  return (group) => {
    if (sidesOf.size === 0) return { decisions: [], links: [] };
    const first = new Map<number, { members?: number; others?: number }>();
    for (const at of group)
      for (const { grouping, side } of keysOf(signals[at]!).flatMap((key) => sidesOf.get(key) ?? [])) {
        const known = first.get(grouping) ?? {};
        known[side] ??= at;
        first.set(grouping, known);
      }
    const found = [...first].sort(([a], [b]) => a - b);
    return {
      decisions: found.map(([grouping, { members, others }]): GroupDecision => {
        return { grouping, side: members === undefined ? 'others' : others === undefined ? 'members' : 'both' };
      }),
      links: found.flatMap(([grouping, { members, others }]) => {
        const isTogether = decided.groupings.some(({ id, kind }) => id === grouping && kind === 'together');
        if (!isTogether || members === undefined || others === undefined || members === others) return [];
        return [
          {
            from: members,
            to: others,
            strength: 1,
            terms: { person: 1 },
            reason: 'joined by a person',
            decision: grouping,
          },
        ];
      }),
    };
  };
}
