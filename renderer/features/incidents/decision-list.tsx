/** What people decided about an incident: who, when, and the way to take it back, however long ago it was. */
import type { GroupDecision } from '../../../shared/model/analysis-result.ts';
import { useEngine, useIsOperator } from '../../client/engine-context.tsx';
import type { QueryOutput } from '../../client/query-cache.ts';
import { useQuery } from '../../client/use-query.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { takeBack, useRegrouping } from '../../stores/regrouping.ts';
import { clockText } from '../../stores/time-format.ts';
import { useWho } from '../../stores/who.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';

type KnownGrouping = QueryOutput<'grouping.list'>['groupings'][number];

/** Groupings by id. */
export function useGroupings(): ReadonlyMap<number, KnownGrouping> {
  const { data } = useQuery('grouping.list', {});
  return new Map(data?.groupings.map((grouping) => [grouping.id, grouping]));
}

/** `joined by you, 14:05`; or `pinned`, or `split`. */
export function useDecisionText(): (grouping: KnownGrouping) => string {
  const who = useWho();
  const zone = usePreferences((preferences) => preferences.zone);
  return ({ kind, by, time, pairId }) =>
    `${pairId !== null ? 'pinned' : kind === 'together' ? 'joined' : 'split'} by ${who(by)}, ${clockText(time, zone, 'minute')}`;
}

export function DecisionList({ decisions }: { readonly decisions: readonly GroupDecision[] }) {
  const groupings = useGroupings();
  const textOf = useDecisionText();
  const access = useEngine();
  const isOperator = useIsOperator();
  const isRunning = useRegrouping(({ state }) => state.status === 'running');
  const known = [...decisions].reverse().flatMap((decision) => {
    const grouping = groupings.get(decision.grouping);
    return grouping ? [{ decision, grouping }] : [];
  });
  // Of a pin one line is enough, where both halves are in this incident.
  const shown = known.filter(
    ({ grouping }) => grouping.kind === 'together' || !known.some((other) => other.grouping.id === grouping.pairId),
  );
  if (known.length === 0) return null;
  return (
    <ul className="decision-list" aria-label="What people decided about this incident">
      {shown.map(({ decision, grouping }) => (
        <li key={grouping.id}>
          <Icon name="people" size={14} />
          <span className="strong">{textOf(grouping)}</span>
          <span className="text-3 cut grow">{sideText(decision, grouping)}</span>
          {isOperator && !isRunning && (
            <LinkButton
              onClick={() =>
                void takeBack(access, [grouping.id, ...(grouping.pairId === null ? [] : [grouping.pairId])])
              }
            >
              Take back
            </LinkButton>
          )}
        </li>
      ))}
    </ul>
  );
}

function sideText({ side }: GroupDecision, { kind, memberCount, otherCount }: KnownGrouping): string {
  const signals = (count: number): string => `${count} ${count === 1 ? 'alert or finding' : 'alerts and findings'}`;
  if (kind === 'apart' && side === 'both') return 'a later decision stands over it';
  if (kind === 'together') return `${signals(memberCount)} with ${signals(otherCount)}`;
  const [own, other] = side === 'members' ? [memberCount, otherCount] : [otherCount, memberCount];
  return `${signals(own)} here, ${signals(other)} apart from them`;
}
