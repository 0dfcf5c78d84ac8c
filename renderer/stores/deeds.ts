/**
 * Steps that change the case (a cause rejected, evidence struck out, incidents parted) in the same undo as where a person
 * looks: undo takes back whichever came last. A deed is told from the looks around it by the history it was done in.
 */
import { create } from 'zustand';
import { announce } from './announce.ts';
import { showProblem } from './problem.ts';
import { isSameLook, redoLook, undoLook, useViewStore } from './view-state.ts';
import type { ViewState } from './view-state.ts';

export interface Deed {
  /** What was done, such as `Rejected inventory`. */
  readonly title: string;
  readonly undo: () => Promise<unknown>;
  readonly redo: () => Promise<unknown>;
}

/** Where in the history of looks a deed stands: nothing was looked at since while both are the same. */
interface Place {
  readonly steps: number;
  readonly last: ViewState | undefined;
  readonly next: ViewState | undefined;
}
interface KeptDeed {
  readonly deed: Deed;
  readonly place: Place;
}
interface DeedStore {
  readonly done: readonly KeptDeed[];
  readonly undone: readonly KeptDeed[];
}

const KEPT_DEEDS = 100;

export const useDeeds = create<DeedStore>(() => ({ done: [], undone: [] }));

/** Something was done; it is the next thing that undo takes back. */
export function rememberDeed(deed: Deed): void {
  // A new step leaves nothing to redo, as with looks.
  useViewStore.setState({ future: [] });
  const kept = { deed, place: placeNow() };
  useDeeds.setState(({ done }) => ({ done: [...done, kept].slice(-KEPT_DEEDS), undone: [] }));
}

/** Another case: what was done to the last one cannot be taken back here. */
export function forgetDeeds(): void {
  useDeeds.setState({ done: [], undone: [] });
}

export function undoStep(): void {
  const last = useDeeds.getState().done.at(-1);
  if (!last || !isSameHistory(last.place)) return undoLook();
  const undone = { deed: last.deed, place: placeNow() };
  useDeeds.setState((store) => ({ done: store.done.slice(0, -1), undone: [undone, ...store.undone] }));
  // What was refused is still done: undo offers it again.
  carryOut(last.deed, 'undo', () =>
    useDeeds.setState((store) =>
      store.undone.includes(undone)
        ? { done: [...store.done, last], undone: store.undone.filter((one) => one !== undone) }
        : store,
    ),
  );
}

export function redoStep(): void {
  const next = useDeeds.getState().undone[0];
  if (!next || !isSamePlace(next.place)) return redoLook();
  const done = { deed: next.deed, place: placeNow() };
  useDeeds.setState((store) => ({ done: [...store.done, done], undone: store.undone.slice(1) }));
  carryOut(next.deed, 'redo', () =>
    useDeeds.setState((store) =>
      store.done.includes(done)
        ? { done: store.done.filter((one) => one !== done), undone: [next, ...store.undone] }
        : store,
    ),
  );
}

/** Whether undo would take exactly this one back now. */
export function useIsNextUndone(deed: Deed | null): boolean {
  // Looks in between come first.
  useViewStore((store) => store.past);
  const last = useDeeds(({ done }) => done.at(-1));
  return deed !== null && last?.deed === deed && isSameHistory(last.place);
}

/** What undo and redo would do now; null = nothing is left. */
export function useSteps(): { readonly undoTitle: string | null; readonly redoTitle: string | null } {
  const past = useViewStore((store) => store.past);
  const future = useViewStore((store) => store.future);
  const { done, undone } = useDeeds();
  const last = done.at(-1);
  const next = undone[0];
  const isLast = last !== undefined && isSameHistory(last.place);
  const isNext = next !== undefined && isSamePlace(next.place);
  return {
    undoTitle: isLast ? `Undo: ${last.deed.title}` : past.length > 0 ? 'Undo' : null,
    redoTitle: isNext ? `Redo: ${next.deed.title}` : future.length > 0 ? 'Redo' : null,
  };
}

function carryOut(deed: Deed, which: 'undo' | 'redo', putBack: () => void): void {
  deed[which]().then(
    () => announce(`${which === 'undo' ? 'Taken back' : 'Done again'}: ${deed.title}.`),
    (error: unknown) => {
      putBack();
      showProblem(`This could not be ${which === 'undo' ? 'taken back' : 'done again'}.`, error);
    },
  );
}

function placeNow(): Place {
  const { past, future } = useViewStore.getState();
  return { steps: past.length, last: past.at(-1), next: future[0] };
}
function isSameHistory({ steps, last }: Place): boolean {
  const now = placeNow();
  return now.steps === steps && isSameLook(now.last, last);
}
function isSamePlace(place: Place): boolean {
  return isSameHistory(place) && isSameLook(placeNow().next, place.next);
}
