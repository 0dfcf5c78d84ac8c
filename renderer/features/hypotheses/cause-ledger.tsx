/**
 * The ledger of one cause: the claim in one sentence, what a person may do with it, what would be left unexplained, and
 * the evidence for, against and missing, every item a door to its rows.
 */
import { useState } from 'react';
import type { UnixNano } from '../../../shared/model/time.ts';
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { copyText } from '../../client/copy-text.ts';
import { useActions } from '../../stores/actions.ts';
import { announce } from '../../stores/announce.ts';
import { useNaming } from '../../stores/naming.ts';
import { showProblem } from '../../stores/problem.ts';
import { openRows } from '../../stores/opened-rows.ts';
import { useWho } from '../../stores/who.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { look, setFilter, useViewStore } from '../../stores/view-state.ts';
import { Button, LinkButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icon.tsx';
import { BlamedChange } from './blamed-change.tsx';
import { causeText } from './cause-text.ts';
import { CounterfactualStrip } from './counterfactual-strip.tsx';
import { byStance, readable } from '../../../shared/report/evidence-lines.ts';
import { EvidenceSection } from './evidence-section.tsx';
import { AddFact, anchorOfCause, Facts } from './facts.tsx';
import { useJudging } from './use-judging.ts';
import type { Judging } from './use-judging.ts';
import type { Causes, ListedCause } from './use-causes.ts';

const BEFORE_NS = 900_000_000_000n;

export function CauseLedger(properties: {
  readonly causes: Causes;
  readonly entry: ListedCause;
  /** The missing evidence comes first when no cause is named. */
  readonly isAbstained: boolean;
}) {
  const { causes, entry, isAbstained } = properties;
  const { cause, key } = entry;
  const naming = useNaming();
  const isOperator = useIsOperator();
  const [isAdding, setAdding] = useState(false);
  const { incident } = causes;
  const judging = useJudging(incident.id, entry);
  const isStruck = cause.evidence.some((item) => item.strike !== null);
  const window = { from: (incident.start - BEFORE_NS) as UnixNano, to: incident.end };
  const order = isAbstained
    ? (['missing', 'supports', 'contradicts'] as const)
    : (['supports', 'contradicts', 'missing'] as const);
  return (
    <div className="cause-ledger">
      <div className="cause-claim">
        <p className="cause-sentence" dir="auto">
          {readable(naming.text(cause.summary))}
        </p>
        {isStruck && <p className="detail text-3">This sentence was written before evidence was struck out.</p>}
        {cause.change && <BlamedChange change={cause.change} />}
        <Verdict entry={entry} />
        <LedgerActions
          entry={entry}
          judging={judging}
          isOperator={isOperator}
          onAdd={() => setAdding(true)}
          hasRival={causes.listed.length > 1}
        />
        {isAdding && <AddFact causeKey={key} entity={cause.entity} onDone={() => setAdding(false)} />}
      </div>
      <CounterfactualStrip cause={cause} />
      {order.map((stance) => (
        <EvidenceSection
          key={stance}
          stance={stance}
          items={byStance(cause.evidence, stance)}
          cause={cause}
          window={window}
          onStrike={isOperator ? judging.strike : null}
        />
      ))}
      <Facts causeKey={key} />
      <p className="cause-disproof text-2" dir="auto">
        <span className="strong">It is not this if</span>{' '}
        {lowerFirst(naming.text(cause.disprovedBy), cause.entity.name)}
      </p>
    </div>
  );
}

/** A sentence goes on after other words, unless it begins with a name. */
function lowerFirst(sentence: string, name: string): string {
  return sentence.startsWith(name) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function Verdict({ entry }: { readonly entry: ListedCause }) {
  const { judgement } = entry.cause;
  const naming = useNaming();
  const who = useWho();
  if (!judgement) return null;
  return (
    <p className={`cause-judgement ${judgement.verdict}`}>
      <Icon name={judgement.verdict === 'confirmed' ? 'check' : 'close'} size={14} />
      {judgement.verdict === 'confirmed' ? 'Confirmed' : 'Rejected'} by {who(judgement.by)}
      {judgement.reason !== '' && <>: {naming.text(judgement.reason)}</>}
    </p>
  );
}

function LedgerActions(properties: {
  readonly entry: ListedCause;
  readonly judging: Judging;
  readonly isOperator: boolean;
  readonly hasRival: boolean;
  readonly onAdd: () => void;
}) {
  const { entry, isOperator, hasRival, onAdd } = properties;
  const { judge, strike, failure } = properties.judging;
  const pin = usePin(entry);
  const naming = useNaming();
  const verdict = entry.cause.judgement?.verdict;
  const showInGraph = (): void =>
    look({ view: 'case', selection: { kind: 'cause', key: entry.key, entity: entry.cause.entity } });
  useActions([
    {
      id: 'cause.confirm',
      title: verdict === 'confirmed' ? 'Take the confirmation back' : 'Confirm this cause',
      group: 'Possible causes',
      keys: ['c'],
      isDisabled: !isOperator,
      run: () => judge('confirmed'),
    },
    {
      id: 'cause.reject',
      title: verdict === 'rejected' ? 'Take the rejection back' : 'Reject this cause',
      group: 'Possible causes',
      keys: ['x'],
      isDisabled: !isOperator,
      run: () => judge('rejected'),
    },
    {
      id: 'cause.strike',
      title: 'Strike this evidence out, or count it again',
      group: 'Possible causes',
      keys: ['-'],
      isDisabled: !isOperator,
      run: () => strikeFocused(entry, strike),
    },
    {
      id: 'cause.strike-contradictions',
      title: 'Strike out all that contradicts this cause, or take that back',
      group: 'Possible causes',
      isDisabled: !isOperator || byStance(entry.cause.evidence, 'contradicts').length === 0,
      run: () => strike(byStance(entry.cause.evidence, 'contradicts')),
    },
    {
      id: 'cause.add-fact',
      title: 'Add a fact to this cause',
      group: 'Possible causes',
      keys: ['Shift+A'],
      isDisabled: !isOperator,
      run: onAdd,
    },
    {
      id: 'cause.pin',
      title: 'Pin this evidence to the case',
      group: 'Possible causes',
      keys: ['v'],
      isDisabled: !isOperator,
      run: pin.pin,
    },
    {
      id: 'cause.compare',
      title: 'Compare two causes',
      group: 'Possible causes',
      keys: ['='],
      isDisabled: !hasRival,
      run: () => setFilter('compare', 'next'),
    },
    {
      id: 'cause.copy',
      title: 'Copy this cause with its evidence as text',
      group: 'Possible causes',
      run: () => copyCause(entry, (text) => naming.text(text)),
    },
    { id: 'cause.show-in-graph', title: 'Show in the graph', group: 'Possible causes', keys: ['g'], run: showInGraph },
  ]);
  return (
    <div className="cause-actions">
      {isOperator && (
        <>
          <Button
            look={verdict === undefined ? 'primary' : 'plain'}
            isSmall
            shortcut="C"
            isPressed={verdict === 'confirmed'}
            onClick={() => judge('confirmed')}
          >
            {verdict === 'confirmed' ? 'Confirmed' : 'Confirm'}
          </Button>
          <Button isSmall shortcut="X" isPressed={verdict === 'rejected'} onClick={() => judge('rejected')}>
            {verdict === 'rejected' ? 'Rejected' : 'Reject'}
          </Button>
          <Button isSmall shortcut="⇧A" onClick={onAdd}>
            Add fact
          </Button>
          <Button isSmall icon="pin" title="Pin to the case (V)" onClick={pin.pin}>
            {pin.isPinned ? 'Pinned' : 'Pin'}
          </Button>
        </>
      )}
      {hasRival && (
        <span className="cause-actions-end detail">
          <LinkButton title="Compare two causes (=)" onClick={() => setFilter('compare', 'next')}>
            Compare
          </LinkButton>
        </span>
      )}
      {failure !== '' && (
        <span role="alert" className="detail">
          This was not kept: {failure}
        </span>
      )}
    </div>
  );
}

function strikeFocused(entry: ListedCause, strike: Judging['strike']): void {
  const text = document.activeElement?.closest<HTMLElement>('[data-strikable]')?.dataset['strikable'];
  const item = entry.cause.evidence.find((candidate) => candidate.text === text);
  if (item) strike([item]);
}

/** What stands in the ledger, as a message to paste: the claim, its share, the evidence with its stance. */
function copyCause(entry: ListedCause, shown: (text: string) => string): void {
  copyText(shown(causeText(entry.cause, entry.hundredths))).then(
    () => announce('The cause is copied as text.'),
    (error: unknown) => showProblem('The cause could not be copied.', error),
  );
}

/** Pins the evidence that has the focus, else the claim itself, as a note of the case. */
function usePin(entry: ListedCause): { readonly pin: () => void; readonly isPinned: boolean } {
  const procedures = useProcedures();
  const author = usePreferences((preferences) => preferences.author);
  const [pinned, setPinned] = useState('');
  return {
    isPinned: pinned === entry.key,
    pin() {
      const { evidence, ref } = document.activeElement instanceof HTMLElement ? document.activeElement.dataset : {};
      procedures['note.add']({
        author,
        text: evidence ?? entry.cause.summary,
        entity: entry.cause.entity,
        anchorRef: ref ?? `pin:${anchorOfCause(entry.key)}`,
      }).then(
        () => setPinned(entry.key),
        () => setPinned(''),
      );
    },
  };
}

/** The rows behind the strongest evidence: what Enter opens when nothing has the focus. */
export function openStrongest(entry: ListedCause): void {
  const strongest = entry.cause.evidence.find(({ refs }) => refs.length > 0);
  if (strongest) openRows(strongest.refs);
}

export function useComparedKey(): string {
  return useViewStore(({ filters }) => filters['compare'] ?? '');
}
