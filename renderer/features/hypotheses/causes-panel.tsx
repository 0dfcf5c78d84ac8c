/**
 * Possible causes: the ranked list, and under it the ledger of the chosen one or two of them side by side. Several
 * incidents are several groups, each with shares of its own. `j` and `k` walk rows and evidence, Enter opens, Esc steps
 * back.
 */
import { useEffect, useRef } from 'react';
import { entityKey } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import { useActions } from '../../stores/actions.ts';
import { useIncidentId } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { look } from '../../stores/view-state.ts';
import { Chip, LinkButton } from '../../ui/controls.tsx';
import { EntityName } from '../../ui/entity-mark.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { CauseLedger, openStrongest, useComparedKey } from './cause-ledger.tsx';
import { CauseList } from './cause-list.tsx';
import { AsKnownThen } from './as-known-then.tsx';
import { CompareCauses } from './compare-causes.tsx';
import { OtherIncidents } from './other-incidents.tsx';
import { RankingNote } from './ranking-note.tsx';
import { NAMED_FROM } from './shares.ts';
import { useCauses, useChosenCause } from './use-causes.ts';
import type { Causes, ListedCause } from './use-causes.ts';
import './hypotheses.css';

export function CausesPanel() {
  const panel = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const incidentId = useIncidentId();
  const incidents = useQuery('incident.list', {});
  const { causes, error } = useCauses(incidentId);
  const chosen = useChosenCause(causes);
  const isAbstained = isNotNamed(causes, incidents.data?.abstained ?? false);
  useWalking(panel, chosen);
  // Another incident is another answer: it is read from its beginning.
  useEffect(() => {
    if (body.current) body.current.scrollTop = 0;
  }, [incidentId]);
  return (
    <section className="panel causes-panel" aria-label="Possible causes" ref={panel} tabIndex={-1} data-pane="causes">
      <div className="panel-header">
        <h2>{isAbstained && causes ? 'Not enough to name a cause' : 'Possible causes'}</h2>
        <span className="text-3 cut">{causes ? rankedText(causes, isAbstained) : ''}</span>
        {incidents.data && <Fingerprint text={incidents.data.fingerprint} />}
      </div>
      <div className="panel-body" tabIndex={-1} ref={body}>
        {error && <ErrorState title="The causes could not be read." error={error} />}
        {!causes && !error && incidentId !== null && <LoadingState what="Reading the ranked causes." />}
        {causes && (
          <>
            <AsKnownThen incidentId={causes.incident.id} />
            <RankingNote causes={causes} />
            {isAbstained && <WhyAbstained reason={incidents.data?.abstainReason ?? null} />}
            <CauseList causes={causes} chosen={chosen} />
            <OtherIncidents currentId={incidentId} />
            {chosen ? (
              <LedgerOrCompare causes={causes} chosen={chosen} isAbstained={isAbstained} />
            ) : (
              <NobodyNamed entities={causes.incident.entities} />
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** We abstain, or the first share is too small to be called a cause; unless a person named one. */
function isNotNamed(causes: Causes | null, abstained: boolean): boolean {
  if (!causes || causes.listed.some(({ cause }) => cause.judgement?.verdict === 'confirmed')) return false;
  const isTooSmall = (causes.listed[0]?.hundredths ?? 0) < NAMED_FROM * 100;
  // Whether we abstain is said of the ranking with what people said in it.
  return isTooSmall || (abstained && !causes.isOriginal);
}

function rankedText(causes: Causes, isAbstained: boolean): string {
  const confirmed = causes.listed.filter(({ cause }) => cause.judgement?.verdict === 'confirmed').length;
  const count = causes.listed.length;
  if (isAbstained) return `${count} weighed`;
  return `${count} ranked, ${confirmed === 0 ? 'none' : confirmed} confirmed`;
}

function WhyAbstained({ reason }: { readonly reason: string | null }) {
  const naming = useNaming();
  return (
    <p className="cause-abstained" dir="auto">
      {reason === null
        ? 'The first is not far enough ahead of the others. What is missing under it would settle it.'
        : naming.text(reason)}
    </p>
  );
}

const MOST_PLACES = 6;

/** The reason stands above; here is where to look, each a door to what the case holds of it. */
function NobodyNamed({ entities }: { readonly entities: readonly EntityRef[] }) {
  return (
    <EmptyState title="What was hit">
      <p>Spans, metrics or logs of these for the same minutes would tell them apart.</p>
      <ul className="cause-places">
        {entities.slice(0, MOST_PLACES).map((entity) => (
          <li key={entityKey(entity)}>
            <LinkButton onClick={() => look({ view: 'services', selection: { kind: 'entity', entity } })}>
              <EntityName entity={entity} />
            </LinkButton>
          </li>
        ))}
      </ul>
      {entities.length > MOST_PLACES && <p>and {entities.length - MOST_PLACES} more in Incidents</p>}
    </EmptyState>
  );
}

function LedgerOrCompare(properties: {
  readonly causes: Causes;
  readonly chosen: ListedCause;
  readonly isAbstained: boolean;
}) {
  const { causes, chosen } = properties;
  const compared = useComparedKey();
  if (compared !== '') {
    const rivals = causes.listed.filter(({ key }) => key !== chosen.key);
    const next = causes.listed[causes.listed.indexOf(chosen) + 1] ?? rivals[0];
    const right = rivals.find(({ key }) => key === compared) ?? next;
    if (right) return <CompareCauses causes={causes} left={chosen} right={right} />;
  }
  return <CauseLedger key={chosen.key} causes={causes} entry={chosen} isAbstained={properties.isAbstained} />;
}

function Fingerprint({ text }: { readonly text: string }) {
  return (
    <span className="causes-fingerprint">
      <Chip look="outlined" title={`Inputs, parameters and versions of this answer: ${text}`}>
        <span className="mono">
          {text.slice(0, 4)}·{text.slice(4, 8)}
        </span>
      </Chip>
    </span>
  );
}

/** j and k move the focus over causes and evidence in the order they stand. */
function useWalking(panel: { readonly current: HTMLElement | null }, chosen: ListedCause | null): void {
  function walk(step: 1 | -1): void {
    const stops = [...(panel.current?.querySelectorAll<HTMLElement>('[data-walk]') ?? [])];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const current = stops.findIndex((stop) => stop.getAttribute('aria-current') === 'true');
    const next = at < 0 ? Math.max(0, current) : at + step;
    stops[Math.min(stops.length - 1, Math.max(0, next))]?.focus();
  }
  useActions([
    { id: 'cause.next', title: 'Next cause or evidence', group: 'Possible causes', keys: ['j'], run: () => walk(1) },
    {
      id: 'cause.previous',
      title: 'Previous cause or evidence',
      group: 'Possible causes',
      keys: ['k'],
      run: () => walk(-1),
    },
    {
      id: 'cause.open-rows',
      title: 'Open the rows of the strongest evidence',
      group: 'Possible causes',
      keys: ['Shift+Enter'],
      isDisabled: !chosen,
      run: () => chosen && openStrongest(chosen),
    },
  ]);
}
