/**
 * From key presses to actions. A single letter never fires inside a text field, and can be remapped or switched off
 * altogether (WCAG 2.1.4).
 */
import { useEffect } from 'react';
import { allActions, useActionStore } from '../stores/actions.ts';
import type { Action } from '../stores/actions.ts';
import { usePreferences } from '../stores/preferences.ts';

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta']);

/** `Ctrl+Shift+Z`, `Alt+ArrowLeft`, `f`, `Shift+T`, `Space`, `?`. Ctrl also stands for the command key. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  if (MODIFIERS.has(event.key)) return '';
  const isLetter = /^\p{L}$/u.test(event.key);
  const key = event.key === ' ' ? 'Space' : isLetter ? event.key.toLowerCase() : event.key;
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  // Of signs such as `?` the Shift is part of the sign.
  if (event.shiftKey && (isLetter || event.key.length > 1)) parts.push('Shift');
  parts.push(parts.length > 0 && isLetter ? key.toUpperCase() : key);
  return parts.join('+');
}

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

/** What Space and Enter press by themselves. */
const PRESSED_BY_KEYS = 'button, a[href], summary, [role="option"], [role="tab"], [role^="menuitem"], [role="slider"]';
/** What Space alone presses. */
const PRESSED_BY_SPACE = `${PRESSED_BY_KEYS}, input[type="checkbox"]`;

function isPressedBy(target: EventTarget | null, name: string): boolean {
  if (name !== 'Space' && name !== 'Enter') return false;
  return target instanceof Element && target.closest(name === 'Space' ? PRESSED_BY_SPACE : PRESSED_BY_KEYS) !== null;
}

/** The action that a pressed key stands for; the one offered last wins. */
export function actionForKey(
  actions: readonly Action[],
  name: string,
  {
    isInTextField,
    hasSingleKeys,
    ownKeys,
  }: {
    readonly isInTextField: boolean;
    readonly hasSingleKeys: boolean;
    readonly ownKeys: Readonly<Record<string, string>>;
  },
): Action | undefined {
  if (name === '') return undefined;
  const isSingle = name.length === 1 || /^Shift\+.$/.test(name);
  if (isInTextField && (isSingle || !name.includes('+'))) return undefined;
  if (isSingle && !hasSingleKeys) return undefined;
  return actions.findLast((action) => {
    if (action.isDisabled || (isInTextField && !action.isGlobal)) return false;
    const own = ownKeys[action.id];
    return own === undefined ? (action.keys?.includes(name) ?? false) : own === name;
  });
}

/** Listens once for the whole page. */
export function useKeyHandler(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = keyName(event);
      // A dialog keeps the keys to itself; what is behind it cannot be seen.
      if (isPressedBy(event.target, name) || document.querySelector('dialog:modal')) return;
      const { hasSingleKeys, keys } = usePreferences.getState();
      const action = actionForKey(allActions(useActionStore.getState()), name, {
        isInTextField: isTextField(event.target),
        hasSingleKeys,
        ownKeys: keys,
      });
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
