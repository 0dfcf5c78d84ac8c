/**
 * What `y` puts on the clipboard: where one is looking, in words a colleague can follow without this program, and the link
 * that goes there. While names are masked both speak pseudonyms. The desktop's link names the case file: then it is left out.
 */
import type { JudgedIncident } from '../../shared/contract/note-schemas.ts';
import { readable } from '../../shared/report/evidence-lines.ts';
import { useHost } from '../client/engine-context.tsx';
import { useQuery } from '../client/use-query.ts';
import type { HostBridge } from '../client/host-bridge.ts';
import { copyText } from '../client/copy-text.ts';
import { useActions } from '../stores/actions.ts';
import { announce } from '../stores/announce.ts';
import { useIncidentId, useRange } from '../stores/effective-range.ts';
import type { EffectiveRange } from '../stores/effective-range.ts';
import { namingWithWords } from '../stores/naming.ts';
import type { Naming } from '../stores/naming.ts';
import { shownCaseName, useOpenCase } from '../stores/open-case.ts';
import { showProblem } from '../stores/problem.ts';
import { clockText, dayText } from '../stores/time-format.ts';
import { tellAddress } from '../stores/view-address.ts';
import { useViewStore, viewStateOf } from '../stores/view-state.ts';
import type { Selection, ViewState } from '../stores/view-state.ts';
import { VIEW_ENTRIES } from './views.tsx';

export function useCopyView(): void {
  const open = useOpenCase();
  const range = useRange();
  const { bridge } = useHost();
  const incidentId = useIncidentId();
  const isCase = useViewStore(({ view }) => view === 'case');
  const incident = useQuery('incident.get', isCase && incidentId !== null ? { incidentId } : null).data;
  useActions([
    {
      id: 'view.copy',
      title: 'Copy link and recipe of this view',
      group: 'Sharing',
      keys: ['y'],
      isDisabled: open.status !== 'open',
      run: () => {
        if (open.status !== 'open') return;
        copyView({ caseName: open.name, caseFile: open.caseFile, range, incident }, bridge).then(
          () => announce('Link and recipe copied.'),
          (error: unknown) => showProblem('The view could not be copied.', error),
        );
      },
    },
  ]);
}

interface CopiedView {
  readonly caseName: string;
  readonly caseFile: string;
  readonly range: EffectiveRange | null;
  readonly incident: JudgedIncident | undefined;
}

async function copyView({ caseName, caseFile, range, incident }: CopiedView, bridge: HostBridge): Promise<void> {
  const naming = await namingWithWords();
  const state = viewStateOf(useViewStore.getState());
  const lines = [...viewRecipe(state, caseName, range, naming), ...decisionLines(incident, naming)];
  if (!naming.isMasked || bridge.kind === 'browser') lines.push(linkTo(state, caseFile, bridge, naming));
  await copyText(lines.join('\n'));
}

/** One line each for the view, the time, what is selected and every filter that narrows it; times in UTC. */
function viewRecipe(state: ViewState, caseName: string, range: EffectiveRange | null, naming: Naming): string[] {
  const title = VIEW_ENTRIES.find(({ view }) => view === state.view)?.title ?? state.view;
  const lines = [`Faultline case ${shownCaseName(caseName, naming)}, view ${title}`];
  if (range) {
    lines.push(
      `time: ${dayText(range.from, 'utc')} ${clockText(range.from, 'utc')} – ${clockText(range.to, 'utc')} UTC`,
    );
  }
  if (state.knownAt !== null) lines.push(`known at: ${clockText(state.knownAt, 'utc')} UTC`);
  if (state.selection) lines.push(`selected: ${selectionWords(state.selection, naming)}`);
  for (const [name, text] of Object.entries(state.filters)) {
    if (text !== '') lines.push(`${name}: ${naming.text(text)}`);
  }
  return lines;
}

/** What the order of the causes rests on besides the analysis. */
function decisionLines(incident: JudgedIncident | undefined, naming: Naming): string[] {
  const lines = new Set<string>();
  const by = (name: string): string => (name === '' ? '' : ` by ${naming.person(name, 'a responder')}`);
  for (const { entity, judgement, evidence } of incident?.hypotheses ?? []) {
    const who = naming.entity(entity);
    if (judgement) lines.add(`${judgement.verdict}${by(judgement.by)}: ${who}`);
    for (const { text, strike } of evidence)
      if (strike) lines.add(`struck out${by(strike.by)}: ${who}, ${naming.text(readable(text))}`);
  }
  return [...lines];
}

function selectionWords(selection: Selection, naming: Naming): string {
  switch (selection.kind) {
    case 'entity':
      return `${selection.entity.type} ${naming.entity(selection.entity)}`;
    case 'cause':
      return `possible cause ${naming.entity(selection.entity)}`;
    case 'row':
      return `row ${selection.ref}`;
    case 'trace':
      return `trace ${selection.traceId}`;
    case 'finding':
    case 'change':
    case 'alert':
      return `${selection.kind} ${naming.text(selection.id)}`;
  }
}

/** In a browser the page's own address; on the desktop a link the program opens with its case (`electron/main/deep-link`). */
function linkTo(state: ViewState, caseFile: string, bridge: HostBridge, naming: Naming): string {
  const address = tellAddress(state, naming);
  return bridge.kind === 'desktop'
    ? `faultline://case?file=${encodeURIComponent(caseFile)}${address}`
    : new URL(address, window.location.href).href;
}
