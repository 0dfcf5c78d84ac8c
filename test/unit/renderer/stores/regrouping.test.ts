/** A split on the page: what is shown meanwhile and afterwards, undo, and what happens when it does not go well. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineAccess } from '../../../../renderer/client/engine-context.tsx';
import { forgetDeeds, redoStep, undoStep, useDeeds } from '../../../../renderer/stores/deeds.ts';
import { useProblem } from '../../../../renderer/stores/problem.ts';
import { dismissRegrouping, regroup, useRegrouping } from '../../../../renderer/stores/regrouping.ts';
import { INITIAL_VIEW_STATE, useViewStore } from '../../../../renderer/stores/view-state.ts';
import { eventually } from '../../../support/eventually.ts';

type Incident = {
  id: string;
  alertCount: number;
  findingCount: number;
  decisions: { grouping: number; side: string }[];
};

/** An engine that splits `whole` into `whole-rest` and `own` while grouping 1 is active. */
function engine({ fails = false } = {}) {
  let isActive = false;
  const asked: string[] = [];
  const incidents = (): Incident[] =>
    isActive
      ? [
          { id: 'whole-rest', alertCount: 3, findingCount: 1, decisions: [{ grouping: 1, side: 'others' }] },
          { id: 'own', alertCount: 2, findingCount: 0, decisions: [{ grouping: 1, side: 'members' }] },
        ]
      : [{ id: 'whole', alertCount: 5, findingCount: 1, decisions: [] }];
  const started = (next: boolean) => {
    if (fails) return Promise.reject(new Error('An import is running.'));
    isActive = next;
    return Promise.resolve({ ids: [1], jobId: 'j', revision: 1 });
  };
  const procedures = {
    'incident.list': () => Promise.resolve({ incidents: incidents(), metrics: {} }),
    'grouping.split': () => started(true),
    'grouping.set': (input: { isActive: boolean }) => {
      asked.push(`set ${input.isActive}`);
      return started(input.isActive);
    },
    'job.progress': (_: unknown, listener: (progress: { status: string }) => void) => {
      queueMicrotask(() => listener({ status: 'succeeded' }));
      return { dispose: () => undefined };
    },
  };
  const access = { connection: { procedures }, cache: { invalidate: () => undefined } } as unknown as EngineAccess;
  return { access, asked };
}
const order: Parameters<typeof regroup>[1] = {
  title: 'Splitting 2 alerts off',
  deed: 'split an incident',
  from: 'whole',
  start: (procedures) => procedures['grouping.split']({ incidentId: 'whole', alerts: [1, 2] }),
  leadsTo: ({ decisions }, ids) => decisions.some(({ grouping, side }) => ids.includes(grouping) && side === 'members'),
};
const looked = () => useViewStore.getState().incidentId;
const shown = () => useRegrouping.getState().state;

describe('regrouping', () => {
  beforeEach(() => {
    useViewStore.setState({ ...INITIAL_VIEW_STATE, incidentId: 'whole', past: [], future: [] });
    useProblem.setState({ problem: null });
    forgetDeeds();
    dismissRegrouping();
  });

  it('goes along with the incident split off, back by undo and there again by redo', async () => {
    const { access, asked } = engine();
    const done = regroup(access, order);
    expect(shown()).toEqual({ status: 'running', title: 'Splitting 2 alerts off' });
    expect(await done).toBe(true);
    expect(looked()).toBe('own');
    expect(useViewStore.getState().past).toEqual([]);
    expect(shown()).toMatchObject({ status: 'done', text: expect.stringContaining('2 incidents, before 1') as string });
    undoStep();
    await eventually(() => expect(looked()).toBe('whole'));
    expect(shown()).toMatchObject({ status: 'done', deed: null });
    redoStep();
    await eventually(() => expect(looked()).toBe('own'));
    expect(asked).toEqual(['set false', 'set true']);
  });

  it('says why it was not done, and offers nothing to undo', async () => {
    const { access } = engine({ fails: true });
    expect(await regroup(access, order)).toBe(false);
    expect(shown()).toEqual({ status: 'idle' });
    expect(useProblem.getState().problem).toMatchObject({ reason: 'An import is running.' });
    expect(useDeeds.getState().done).toEqual([]);
    expect(looked()).toBe('whole');
  });

  it('does one at a time', async () => {
    const { access } = engine();
    const first = regroup(access, order);
    expect(await regroup(access, order)).toBe(false);
    expect(useProblem.getState().problem?.reason).toMatch(/Wait until/);
    expect(await first).toBe(true);
  });
});
