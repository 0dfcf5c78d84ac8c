/**
 * While the screen shows what was known at an earlier time, the ranks still rest on everything that was read. This says
 * so, and how much of it could be known then.
 */
import { useQuery } from '../../client/use-query.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText } from '../../stores/time-format.ts';
import { look, useViewStore } from '../../stores/view-state.ts';
import { LinkButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';

export function AsKnownThen({ incidentId }: { readonly incidentId: string }) {
  const knownAt = useViewStore((store) => store.knownAt);
  const zone = usePreferences((preferences) => preferences.zone);
  const findings = useQuery('finding.list', knownAt === null ? null : { incidentId }).data?.findings;
  if (knownAt === null || !findings) return null;
  const begun = findings.filter(({ start }) => start <= knownAt).length;
  return (
    <p className="causes-known" role="note">
      <Icon name="clock" size={14} />
      <span>
        At {clockText(knownAt, zone)} {begun === 0 ? 'none' : begun} of the {findings.length} findings had begun. Ranks
        and shares rest on all of them.
      </span>
      <LinkButton onClick={() => look({ knownAt: null })}>Show all</LinkButton>
    </p>
  );
}
