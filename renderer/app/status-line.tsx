/** The lowest line: what left this machine, which answer this is, what was read, what stays unknown, keys of the view. */
import { useMemo } from 'react';
import { useConnectionState } from '../client/engine-context.tsx';
import { useForeignRequests } from '../client/foreign-requests.ts';
import { useHostFacts } from '../client/use-host-facts.ts';
import { useQuery } from '../client/use-query.ts';
import { runAction, shownKey, useActionStore } from '../stores/actions.ts';
import type { Action } from '../stores/actions.ts';
import { rowCount, useCaseSummary } from '../stores/open-case.ts';
import { usePreferences } from '../stores/preferences.ts';
import { countText } from '../stores/time-format.ts';
import { look } from '../stores/view-state.ts';
import { Icon } from '../ui/icon.tsx';

/** Groups of the frame's own actions; what is not in them belongs to the view. */
const FRAME_GROUPS: ReadonlySet<string> = new Set([
  'Views',
  'Moving',
  'Time',
  'Case',
  'Screen',
  'Sharing',
  'Notes',
  'Import',
]);
const SHOWN_KEYS = 4;

export function StatusLine() {
  return (
    <footer className="status-line">
      <Network />
      <Answer />
      <SourceCount />
      <BlindSpotCount />
      <span className="grow" />
      <ViewKeys />
      <button type="button" className="status-button" onClick={() => runAction('keys.show')}>
        <kbd>?</kbd> all keys
      </button>
    </footer>
  );
}

/** True by construction: the page counts requests of its own that went anywhere but to the program that serves it. */
function Network() {
  const foreign = useForeignRequests();
  const isSharing = useHostFacts()?.isSharing ?? false;
  const { status } = useConnectionState();
  if (foreign > 0) {
    return (
      <span
        className="fail"
        title="The page was told to talk to nobody else. Something in this browser did, such as an extension."
      >
        <Icon name="warning" size={13} />
        {foreign} requests left this page
      </span>
    );
  }
  const where = isSharing ? 'Shared in this network' : status === 'ready' ? 'Offline' : 'Engine away';
  return (
    <span
      title={
        isSharing
          ? 'Whoever has the link can look, read only. Nothing goes anywhere else.'
          : 'The page talks to the Faultline on this machine only; its content policy forbids everything else.'
      }
    >
      <Icon name="offline" size={13} />
      <b>{where}</b>
      {!isSharing && ' · 0 bytes sent'}
    </span>
  );
}

function Answer() {
  const fingerprint = useQuery('incident.list', {}).data?.fingerprint;
  if (!fingerprint) return null;
  return (
    <span title={`Fingerprint of the analysis: ${fingerprint}. The same rows always give the same one.`}>
      <Icon name="lock" size={13} />
      Analysed · <span className="mono">{shortFingerprint(fingerprint)}</span>
    </span>
  );
}

/** First and last four letters: `7c1e·a94f`. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.length <= 9 ? fingerprint : `${fingerprint.slice(0, 4)}·${fingerprint.slice(-4)}`;
}

function SourceCount() {
  const summary = useCaseSummary();
  if (!summary) return null;
  return (
    <button type="button" className="status-button" onClick={() => look({ view: 'sources' })}>
      <Icon name="sources" size={13} />
      {countText(summary.fileCount)} {summary.fileCount === 1 ? 'source' : 'sources'} ·{' '}
      {countText(rowCount(summary.records))} rows
    </button>
  );
}

function BlindSpotCount() {
  const count = useQuery('incident.list', {}).data?.blindSpots.length ?? 0;
  if (count === 0) return null;
  return (
    <button type="button" className="status-button warn" onClick={() => look({ view: 'sources' })}>
      <Icon name="unknown" size={13} />
      {count} blind {count === 1 ? 'spot' : 'spots'}
    </button>
  );
}

function ViewKeys() {
  const groups = useActionStore((store) => store.groups);
  const ownKeys = usePreferences((preferences) => preferences.keys);
  const shown = useMemo(() => {
    const all: Action[] = [...groups.values()].flat();
    return all
      .filter(({ group, isDisabled, isHidden }) => !FRAME_GROUPS.has(group) && !isDisabled && !isHidden)
      .flatMap((action) => {
        const key = shownKey(action, ownKeys);
        return key === null ? [] : [{ id: action.id, title: action.title, key }];
      })
      .slice(0, SHOWN_KEYS);
  }, [groups, ownKeys]);
  return (
    <div className="status-keys">
      {shown.map(({ id, title, key }) => (
        <span key={id}>
          <kbd>{key}</kbd> {title.toLowerCase()}
        </span>
      ))}
    </div>
  );
}
