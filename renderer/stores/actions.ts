/**
 * Every action a person can take, in one list: the command palette, the key handler and the `?` sheet all read it. A view
 * adds its actions while it is on the screen; the one added last wins a key.
 */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';

export interface Action {
  /** Stable: `graph.fit`. Keys can be remapped by it. */
  readonly id: string;
  readonly title: string;
  /** Heading in palette and sheet. */
  readonly group: string;
  /** Keys such as `f`, `Shift+T`, `Ctrl+K`, `Alt+ArrowLeft`, `Space`; several are alternatives. */
  readonly keys?: readonly string[] | undefined;
  /** Works also while a text field has the focus (only with Ctrl, Alt or a function key). */
  readonly isGlobal?: boolean | undefined;
  /** Not offered now. */
  readonly isDisabled?: boolean | undefined;
  /** Found by the palette only, not listed in the sheet. */
  readonly isHidden?: boolean | undefined;
  readonly run: () => void;
}

interface ActionStore {
  readonly groups: ReadonlyMap<symbol, readonly Action[]>;
}

export const useActionStore = create<ActionStore>(() => ({ groups: new Map() }));

/** Offers these actions while the component is mounted. `actions` may be made anew at each render. */
export function useActions(actions: readonly Action[]): void {
  const owner = useRef(Symbol('actions'));
  const latest = useRef(actions);
  latest.current = actions;
  const signature = actions.map(({ id, title, isDisabled, keys }) => `${id} ${title} ${isDisabled} ${keys}`).join('|');
  useEffect(() => {
    const stable = latest.current.map((action, index) => ({
      ...action,
      run: () => (latest.current[index] ?? action).run(),
    }));
    // Setting a known key keeps its place: a title that changes must not win keys from views opened later.
    useActionStore.setState(({ groups }) => ({ groups: new Map(groups).set(owner.current, stable) }));
  }, [signature]);
  useEffect(() => {
    const key = owner.current;
    return () => {
      useActionStore.setState(({ groups }) => {
        const next = new Map(groups);
        next.delete(key);
        return { groups: next };
      });
    };
  }, []);
}

/** The action with this id while someone offers it, for buttons of the frame that stand for it. */
export function useAction(id: string): Action | undefined {
  return useActionStore((store) => allActions(store).find((action) => action.id === id && !action.isDisabled));
}

/** Runs the action if someone offers it; answers whether it was. */
export function runAction(id: string): boolean {
  const action = allActions(useActionStore.getState()).find((candidate) => candidate.id === id);
  if (!action || action.isDisabled) return false;
  action.run();
  return true;
}

/** The key that runs an action now, as a person reads it: `⇧T`, `Ctrl K`, `Alt ←`; null = none. */
export function shownKey(
  action: Pick<Action, 'id' | 'keys'>,
  ownKeys: Readonly<Record<string, string>>,
): string | null {
  const key = ownKeys[action.id] ?? action.keys?.[0] ?? '';
  return key === '' ? null : keyText(key);
}

const KEY_SIGNS: Readonly<Record<string, string>> = {
  Shift: '⇧',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** `Shift+T` as `⇧T`, `Alt+ArrowLeft` as `Alt ←`. */
export function keyText(key: string): string {
  const parts = key === '+' ? ['+'] : key.split('+').map((part) => KEY_SIGNS[part] ?? part);
  return parts.join(' ').replace('⇧ ', '⇧');
}

/** All actions on offer; of two with one id the one added last. */
export function allActions({ groups }: ActionStore): readonly Action[] {
  const byId = new Map<string, Action>();
  for (const actions of groups.values()) for (const action of actions) byId.set(action.id, action);
  return [...byId.values()];
}
