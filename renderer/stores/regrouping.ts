/**
 * Splitting and merging incidents: what was asked, what runs, and a line that says what came of it. The groups on the
 * screen stay until the new ones are there; each decision is one step of undo.
 */
import { create } from 'zustand';
import type { EngineAccess } from '../client/engine-context.tsx';
import type { QueryOutput } from '../client/query-cache.ts';
import { announce } from './announce.ts';
import { rememberDeed } from './deeds.ts';
import type { Deed } from './deeds.ts';
import { showProblem } from './problem.ts';
import { lookAlong, useViewStore } from './view-state.ts';

type Listed = QueryOutput<'incident.list'>;
type ListedIncident = Listed['incidents'][number];
type Procedures = EngineAccess['connection']['procedures'];
type Regrouped = Awaited<ReturnType<Procedures['grouping.split']>>;

export type Regrouping =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly title: string }
  /** `ids` = the groupings it is about; `deed` = the step of undo, null where it was taken back. */
  | { readonly status: 'done'; readonly text: string; readonly ids: readonly number[]; readonly deed: Deed | null };

export const useRegrouping = create<{ readonly state: Regrouping }>(() => ({ state: { status: 'idle' } }));

export function dismissRegrouping(): void {
  useRegrouping.setState({ state: { status: 'idle' } });
}

export interface RegroupingOrder {
  /** While it runs: `Splitting 5 alerts off`. */
  readonly title: string;
  /** In the undo: `split an incident`. */
  readonly deed: string;
  readonly start: (procedures: Procedures) => Promise<Regrouped>;
  /** The incident looked at before, to return to by undo; null = whichever comes first. */
  readonly from: string | null;
  /** Which incident to look at afterwards. */
  readonly leadsTo: (incident: ListedIncident, ids: readonly number[]) => boolean;
}

/** Answers whether it was done. */
export async function regroup(access: EngineAccess, order: RegroupingOrder): Promise<boolean> {
  const { title, leadsTo, from } = order;
  const { procedures } = access.connection;
  try {
    const { ids } = await carryOut(access, title, () => order.start(procedures), leadsTo);
    const set = (isActive: boolean): Promise<Regrouped> => procedures['grouping.set']({ ids: [...ids], isActive });
    const deed: Deed = {
      title: order.deed,
      undo: () =>
        carryOut(
          access,
          'Taking the grouping back',
          () => set(false),
          ({ id }) => id === from,
        ),
      redo: async () => {
        await carryOut(access, title, () => set(true), leadsTo);
        offerUndo(deed);
      },
    };
    rememberDeed(deed);
    offerUndo(deed);
    return true;
  } catch (error) {
    showProblem('The incidents stay grouped as they were.', error);
    return false;
  }
}

function offerUndo(deed: Deed): void {
  useRegrouping.setState(({ state }) => (state.status === 'done' ? { state: { ...state, deed } } : { state }));
}

/** Takes decisions back that are no longer in the undo, or never were of this window. */
export async function takeBack(access: EngineAccess, ids: readonly number[]): Promise<void> {
  await regroup(access, {
    title: 'Taking the grouping back',
    deed: 'take a grouping back',
    start: (procedures) => procedures['grouping.set']({ ids: [...ids], isActive: false }),
    from: useViewStore.getState().incidentId,
    leadsTo: () => false,
  });
}

/** Rejects when it was not done; the groups on the screen are then those of before. */
async function carryOut(
  access: EngineAccess,
  title: string,
  start: () => Promise<Regrouped>,
  leadsTo: RegroupingOrder['leadsTo'],
): Promise<Regrouped> {
  if (useRegrouping.getState().state.status === 'running')
    throw new Error('Incidents are being grouped anew. Wait until that is done.');
  useRegrouping.setState({ state: { status: 'running', title } });
  try {
    const { procedures } = access.connection;
    const before = await procedures['incident.list']({});
    const started = await start();
    await jobEnded(procedures, started.jobId);
    const after = await procedures['incident.list']({});
    access.cache.invalidate(['jobs', 'analysis']);
    const next = after.incidents.find((incident) => leadsTo(incident, started.ids));
    if (next) lookAlong({ incidentId: next.id });
    const text = changeText(before, after, next);
    useRegrouping.setState({ state: { status: 'done', text, ids: started.ids, deed: null } });
    announce(text);
    return started;
  } catch (error) {
    dismissRegrouping();
    throw error;
  }
}

function jobEnded(procedures: Procedures, jobId: Regrouped['jobId']): Promise<void> {
  return new Promise((resolve, reject) => {
    const feed = procedures['job.progress'](
      { jobId },
      ({ status }) => {
        if (status === 'running') return;
        feed.dispose();
        if (status === 'succeeded') resolve();
        else reject(new Error(`The analysis that regroups them was ${status === 'failed' ? 'not possible' : status}.`));
      },
      { onEnd: (error) => (error ? reject(error) : resolve()) },
    );
  });
}

/** What is different now: how many incidents, and what the one looked at holds. Pure. */
export function changeText(
  before: Pick<Listed, 'incidents' | 'metrics'>,
  after: Pick<Listed, 'incidents' | 'metrics'>,
  next: Pick<ListedIncident, 'alertCount' | 'findingCount' | 'hypothesisCount'> | undefined,
): string {
  const [was, is] = [before.incidents.length, after.incidents.length];
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  const many = was === is ? `Still ${plural(is, 'incident')}` : `${plural(is, 'incident')}, before ${was}`;
  const held = (list: Pick<Listed, 'incidents'>): number =>
    list.incidents.reduce((sum, { alertCount }) => sum + alertCount, 0);
  const aside = held(before) - held(after);
  const parts = [
    many,
    ...(next
      ? [
          `the one shown holds ${plural(next.alertCount, 'alert')} and ${plural(next.findingCount, 'finding')}, its causes ranked anew`,
        ]
      : []),
    ...(aside === 0 ? [] : [`${plural(Math.abs(aside), 'alert')} ${aside > 0 ? 'more' : 'fewer'} set aside`]),
  ];
  return `${parts.join('; ')}.`;
}
