import { beforeEach, describe, expect, it } from 'vitest';
import {
  INITIAL_VIEW_STATE,
  look,
  redoLook,
  setFilter,
  undoLook,
  useViewStore,
  viewStateOf,
} from '../../../../renderer/stores/view-state.ts';

const shown = () => viewStateOf(useViewStore.getState());
const range = (from: number, to: number) => ({ from: BigInt(from), to: BigInt(to) });

describe('undo and redo of where a person looks', () => {
  beforeEach(() => useViewStore.setState({ ...INITIAL_VIEW_STATE, past: [], future: [] }));

  it('goes back step by step and forward again', () => {
    look({ view: 'logs' });
    setFilter('logs', 'timeout');
    look({ range: range(1, 2) });
    undoLook();
    expect(shown()).toMatchObject({ view: 'logs', range: null, filters: { logs: 'timeout' } });
    undoLook();
    undoLook();
    expect(shown()).toEqual(INITIAL_VIEW_STATE);
    undoLook();
    expect(shown()).toEqual(INITIAL_VIEW_STATE);
    redoLook();
    redoLook();
    redoLook();
    expect(shown()).toMatchObject({ view: 'logs', range: range(1, 2), filters: { logs: 'timeout' } });
  });

  it('takes a whole drag as one step', () => {
    look({ view: 'traces' });
    look({ range: range(10, 20) });
    for (let to = 21; to < 60; to++) look({ range: range(10, to) }, { isContinued: true });
    undoLook();
    expect(shown()).toMatchObject({ view: 'traces', range: null });
    redoLook();
    expect(shown().range).toEqual(range(10, 59));
  });

  it('does not let typing or a drag run on from a step that was something else', () => {
    look({ view: 'changes' });
    for (const text of ['f', 'fl', 'flag']) setFilter('changes', text, { isContinued: true });
    for (const to of [5, 6, 7]) look({ range: range(1, to) }, { isContinued: true });
    undoLook();
    expect(shown()).toMatchObject({ view: 'changes', range: null, filters: { changes: 'flag' } });
    undoLook();
    expect(shown()).toMatchObject({ view: 'changes', filters: {} });
    // What was undone is left behind by going on, never changed.
    setFilter('changes', 'x', { isContinued: true });
    undoLook();
    expect(shown()).toMatchObject({ view: 'changes', filters: {} });
  });

  it('forgets what was undone once a person goes elsewhere', () => {
    look({ view: 'logs' });
    undoLook();
    look({ view: 'notes' });
    redoLook();
    expect(shown().view).toBe('notes');
  });

  it('takes no step where nothing changes', () => {
    look({ range: range(5, 6) });
    look({ range: range(5, 6) });
    expect(useViewStore.getState().past).toHaveLength(1);
  });
});
