import { beforeEach, describe, expect, it } from 'vitest';
import { forgetDeeds, redoStep, rememberDeed, undoStep } from '../../../../renderer/stores/deeds.ts';
import { useProblem } from '../../../../renderer/stores/problem.ts';
import { INITIAL_VIEW_STATE, look, setFilter, useViewStore } from '../../../../renderer/stores/view-state.ts';
import { eventually } from '../../../support/eventually.ts';

const view = () => useViewStore.getState().view;
let log: string[] = [];
function deed(name: string): void {
  const act = (what: string) => () => {
    log.push(`${what} ${name}`);
    return Promise.resolve();
  };
  rememberDeed({ title: name, undo: act('undo'), redo: act('redo') });
}

describe('undo of looks and deeds together', () => {
  beforeEach(() => {
    useViewStore.setState({ ...INITIAL_VIEW_STATE, past: [], future: [] });
    forgetDeeds();
    log = [];
  });

  it('takes back in the order it was done, and does again in the same', () => {
    look({ view: 'incidents' });
    deed('split');
    look({ view: 'logs' });
    deed('strike');
    deed('reject');
    undoStep();
    undoStep();
    expect(log).toEqual(['undo reject', 'undo strike']);
    expect(view()).toBe('logs');
    undoStep();
    expect(view()).toBe('incidents');
    expect(log).toHaveLength(2);
    undoStep();
    expect(log.at(-1)).toBe('undo split');
    undoStep();
    expect(view()).toBe('case');
    undoStep();
    expect(log).toHaveLength(3);

    redoStep();
    expect(view()).toBe('incidents');
    redoStep();
    redoStep();
    redoStep();
    redoStep();
    expect(view()).toBe('logs');
    expect(log.slice(3)).toEqual(['redo split', 'redo strike', 'redo reject']);
    redoStep();
    expect(log).toHaveLength(6);
  });

  it('a new look after an undo leaves nothing to do again, and a look that goes on with the last is part of it', () => {
    setFilter('logs', 't');
    deed('strike');
    undoStep();
    look({ view: 'logs' });
    redoStep();
    expect(log).toEqual(['undo strike']);
    deed('reject');
    redoStep();
    undoStep();
    expect(log).toEqual(['undo strike', 'undo reject']);
  });

  it('a deed leaves no look to do again', () => {
    look({ view: 'logs' });
    undoStep();
    deed('strike');
    undoStep();
    redoStep();
    expect(log).toEqual(['undo strike', 'redo strike']);
    redoStep();
    expect(view()).toBe('case');
  });

  it('offers again what was refused, such as beside a running job', async () => {
    let isBusy = true;
    const act = (what: string) => () => {
      if (isBusy) return Promise.reject(new Error('busy'));
      log.push(what);
      return Promise.resolve();
    };
    const { problem } = useProblem.getState();
    const refused = () => eventually(() => expect(useProblem.getState().problem).not.toBe(problem));
    rememberDeed({ title: 'split', undo: act('undo'), redo: act('redo') });
    undoStep();
    await refused();
    isBusy = false;
    redoStep();
    expect(log).toEqual([]);
    undoStep();
    expect(log).toEqual(['undo']);
    isBusy = true;
    useProblem.setState({ problem });
    redoStep();
    await refused();
    isBusy = false;
    redoStep();
    expect(log).toEqual(['undo', 'redo']);
  });

  it('says when it could not be taken back', async () => {
    rememberDeed({ title: 'split', undo: () => Promise.reject(new Error('busy')), redo: () => Promise.resolve() });
    undoStep();
    await eventually(() =>
      expect(useProblem.getState().problem).toEqual({ title: 'This could not be taken back.', reason: 'busy' }),
    );
  });
});
