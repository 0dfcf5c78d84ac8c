/** What people decided about groups holds: by hand, and for random storms and decisions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlate } from '../../../../shared/analysis/correlators/correlate.ts';
import type { Correlation, IncidentDraft } from '../../../../shared/analysis/correlators/correlator.ts';
import { DecidedGroups, partDecided } from '../../../../shared/analysis/correlators/decided-groups.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import { alertKey, type Grouping } from '../../../../shared/model/grouping.ts';
import type { Telemetry } from '../../../../shared/model/telemetry.ts';
import { unixNano } from '../../../../shared/model/time.ts';
import { TelemetryBuilder } from '../../../accuracy/telemetry-builder.ts';

const T0 = 1_700_000_000_000_000_000n;
const MINUTE = 60_000_000_000n;
const context = { progress: () => undefined, throwIfCancelled: () => undefined };

interface Rule {
  readonly minute: number;
  readonly on: string;
  readonly name?: string;
}
/** `a` calls `b`, `c` calls `d`, nobody calls between; alerts as told, ids by their place. */
function scene(rules: readonly Rule[]): Telemetry {
  const builder = new TelemetryBuilder();
  const clock = builder.entity('service', 'clock', true);
  for (const minute of [0n, 60n]) builder.addPoint({ entity: clock, name: 'up' }, T0 + minute * MINUTE, 1);
  for (const [caller, callee] of ['ab', 'cd'])
    builder.addEdge('calls', builder.entity('service', caller!), builder.entity('service', callee!), 'configuration');
  rules.forEach(({ minute, on, name }, index) => {
    builder.addAlert({
      externalId: `a${index}`,
      name: name ?? `Rule${index}`,
      summary: '',
      severity: 'critical',
      state: 'firing',
      startTime: unixNano(T0 + BigInt(minute) * MINUTE),
      endTime: undefined,
      entities: [builder.entity('service', on)],
      labels: {},
      annotations: {},
    });
  });
  return builder.build();
}
function correlated(telemetry: Telemetry, groupings: readonly Grouping[] = []): Correlation {
  const windows = {
    baseline: { startNs: 0, endNs: 600e9 },
    incident: { startNs: 600e9, endNs: 3600e9 },
  };
  const graph = buildServiceGraph(telemetry, windows, context);
  return correlate({ telemetry, graph, findings: [], isNotable: () => true, groupings }, context);
}
/** Ids of the alerts in each draft, sorted. */
function drafts(telemetry: Telemetry, groupings: readonly Grouping[] = []): readonly (readonly string[])[] {
  const { incidents, folds } = correlated(telemetry, groupings);
  const idsOf = (draft: IncidentDraft): readonly string[] =>
    draft.folds.flatMap((fold) => folds[fold]!.members.map((member) => telemetry.alerts[member]!.externalId)).sort();
  return incidents.map(idsOf).sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}
function decide(
  telemetry: Telemetry,
  id: number,
  kind: Grouping['kind'],
  members: string[],
  others: string[],
): Grouping {
  const keysOf = (ids: readonly string[]): readonly string[] =>
    ids.map((one) => {
      const { externalId, startTime } = telemetry.alerts.find(({ externalId }) => externalId === one)!;
      return alertKey(externalId, startTime);
    });
  return { id, kind, members: keysOf(members), others: keysOf(others), by: 'ada', time: unixNano(0n) };
}

describe('decided groups', () => {
  // Neighbours at the same time; and, elsewhere and half an hour later, a second story.
  const telemetry = scene([
    { minute: 20, on: 'a' },
    { minute: 20, on: 'b' },
    { minute: 50, on: 'c' },
    { minute: 51, on: 'd' },
  ]);

  it('without a decision neighbours are one and strangers are not', () => {
    expect(drafts(telemetry)).toEqual([
      ['a0', 'a1'],
      ['a2', 'a3'],
    ]);
  });

  it('parts what is linked, and says who is on which side', () => {
    const apart = decide(telemetry, 7, 'apart', ['a1'], ['a0']);
    expect(drafts(telemetry, [apart])).toEqual([['a0'], ['a1'], ['a2', 'a3']]);
    const { incidents, folds } = correlated(telemetry, [apart]);
    const decisionOf = (id: string) =>
      incidents.find((draft) => draft.folds.some((fold) => telemetry.alerts[folds[fold]!.lead]!.externalId === id))!
        .decisions;
    expect(decisionOf('a1')).toEqual([{ grouping: 7, side: 'members' }]);
    expect(decisionOf('a0')).toEqual([{ grouping: 7, side: 'others' }]);
    expect(decisionOf('a2')).toEqual([]);
  });

  it('joins what nothing links, across places and time, with a link that says so', () => {
    const together = decide(telemetry, 3, 'together', ['a0', 'a1'], ['a2', 'a3']);
    expect(drafts(telemetry, [together])).toEqual([['a0', 'a1', 'a2', 'a3']]);
    const [draft] = correlated(telemetry, [together]).incidents;
    expect(draft!.links[0]).toMatchObject({ decision: 3, terms: { person: 1 }, reason: 'joined by a person' });
    expect(draft!.decisions).toEqual([{ grouping: 3, side: 'both' }]);
  });

  it('parts alerts of one rule at one place, which would have been folded into one', () => {
    const storm = scene([
      { minute: 20, on: 'a', name: 'Slow' },
      { minute: 21, on: 'a', name: 'Slow' },
      { minute: 22, on: 'a', name: 'Slow' },
    ]);
    expect(correlated(storm).folds).toHaveLength(1);
    expect(drafts(storm, [decide(storm, 1, 'apart', ['a2'], ['a0'])])).toEqual([['a0', 'a1'], ['a2']]);
  });

  it('the later decision stands where two contradict each other, the rest of the earlier one too', () => {
    const all = decide(telemetry, 1, 'together', ['a0', 'a1'], ['a2', 'a3']);
    const later = decide(telemetry, 2, 'apart', ['a0'], ['a2']);
    const parts = drafts(telemetry, [all, later]);
    expect(parts.some((part) => part.includes('a0') && part.includes('a2'))).toBe(false);
    expect(parts).toHaveLength(2);
    expect(drafts(telemetry, [{ ...all, id: 3 }, later])).toEqual([['a0', 'a1', 'a2', 'a3']]);
  });

  it('for any storm and any decisions each alert is in one group, and the last decision holds whole', () => {
    const rule = fc.record({
      minute: fc.integer({ min: 11, max: 58 }),
      on: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      name: fc.constantFrom('Slow', 'Down', 'Full'),
    });
    const sides = fc.tuple(fc.uniqueArray(fc.nat(11), { maxLength: 6 }), fc.uniqueArray(fc.nat(11), { maxLength: 6 }));
    const said = fc.array(fc.tuple(fc.constantFrom('together' as const, 'apart' as const), sides), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(rule, { minLength: 2, maxLength: 12 }), said, (rules, decisions) => {
        const case_ = scene(rules);
        const groupings = decisions.map(([kind, [members, others]], index) => {
          const ids = (places: readonly number[]): string[] => [
            ...new Set(places.map((place) => `a${place % rules.length}`)),
          ];
          const left = ids(members);
          return decide(
            case_,
            index + 1,
            kind,
            left,
            ids(others).filter((id) => !left.includes(id)),
          );
        });
        const parts = drafts(case_, groupings);
        expect(parts.flat().sort()).toEqual(rules.map((_, index) => `a${index}`).sort());
        expect(drafts(case_, [...groupings].reverse())).toEqual(parts);
        const last = groupings.at(-1);
        if (!last) return;
        const partOf = (key: string): number => parts.findIndex((part) => part.includes(key.split(':')[2]!));
        const [left, right] = [last.members, last.others].map((keys) => new Set(keys.map(partOf))) as [
          Set<number>,
          Set<number>,
        ];
        if (last.kind === 'together') expect(new Set([...left, ...right]).size).toBeLessThanOrEqual(1);
        else {
          expect(left.size).toBeLessThanOrEqual(1);
          expect(right.size).toBeLessThanOrEqual(1);
          expect([...left].some((part) => right.has(part))).toBe(false);
        }
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('knows no key that nobody named', () => {
    const decided = new DecidedGroups([]);
    expect(decided.isEmpty).toBe(true);
    expect(decided.ofKey('alert:1:x')).toBe(-1);
  });
});

it('parts a storm of hundreds of thousands in which people spoke about all but one', () => {
  const apart: Grouping = { id: 1, kind: 'apart', members: ['x'], others: ['y'], by: '', time: unixNano(T0) };
  const decided = new DecidedGroups([apart]);
  const items = Array.from({ length: 400_001 }, (_, index) => index);
  const sideOf = (item: number): number => (item === 0 ? -1 : decided.ofKey(item <= 200_000 ? 'x' : 'y'));
  const parts = partDecided(items, decided, sideOf, (item) => item);
  expect(parts.map(({ length }) => length)).toEqual([200_001, 200_000]);
});
