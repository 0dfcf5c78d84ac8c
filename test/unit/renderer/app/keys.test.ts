import { describe, expect, it } from 'vitest';
import { actionForKey, keyName } from '../../../../renderer/app/keys.ts';
import { keyText, shownKey } from '../../../../renderer/stores/actions.ts';
import type { Action } from '../../../../renderer/stores/actions.ts';

const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });
const action = (id: string, keys: readonly string[], more: Partial<Action> = {}): Action => ({
  id,
  title: id,
  group: 'Test',
  keys,
  run: () => undefined,
  ...more,
});
const outside = { isInTextField: false, hasSingleKeys: true, ownKeys: {} };

describe('names of keys', () => {
  it.each([
    ['f', {}, 'f'],
    ['T', { shiftKey: true }, 'Shift+T'],
    ['z', { ctrlKey: true }, 'Ctrl+Z'],
    ['k', { metaKey: true }, 'Ctrl+K'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'Ctrl+Shift+Z'],
    ['ArrowLeft', { altKey: true }, 'Alt+ArrowLeft'],
    ['?', { shiftKey: true }, '?'],
    [' ', {}, 'Space'],
    ['Shift', { shiftKey: true }, ''],
  ])('%s %o is %s', (key, modifiers, name) => {
    expect(press(key, modifiers)).toBe(name);
  });

  it('are written as people read them', () => {
    expect(keyText('Shift+T')).toBe('⇧T');
    expect(keyText('Alt+ArrowLeft')).toBe('Alt ←');
    expect(keyText('Ctrl+Shift+Z')).toBe('Ctrl ⇧Z');
    expect(shownKey(action('a', ['x', 'y']), {})).toBe('x');
    expect(shownKey(action('a', ['x']), { a: 'Shift+Q' })).toBe('⇧Q');
    expect(shownKey(action('a', ['x']), { a: '' })).toBeNull();
  });
});

describe('the action of a key', () => {
  it('never fires for a single key in a text field', () => {
    const actions = [action('mask', ['m']), action('find', ['Ctrl+K', '/'], { isGlobal: true })];
    const inField = { ...outside, isInTextField: true };
    expect(actionForKey(actions, 'm', inField)).toBeUndefined();
    expect(actionForKey(actions, '/', inField)).toBeUndefined();
    expect(actionForKey(actions, 'Shift+M', inField)).toBeUndefined();
    expect(actionForKey(actions, 'Ctrl+K', inField)?.id).toBe('find');
    expect(actionForKey(actions, 'm', outside)?.id).toBe('mask');
  });

  it('leaves undo in a text field to the field', () => {
    expect(actionForKey([action('undo', ['Ctrl+Z'])], 'Ctrl+Z', { ...outside, isInTextField: true })).toBeUndefined();
  });

  it('can be switched off for single keys, and stays for others', () => {
    const actions = [action('mask', ['m']), action('find', ['Ctrl+K'])];
    const off = { ...outside, hasSingleKeys: false };
    expect(actionForKey(actions, 'm', off)).toBeUndefined();
    expect(actionForKey(actions, 'Ctrl+K', off)?.id).toBe('find');
  });

  it('follows keys a person chose, and no longer the old ones', () => {
    const actions = [action('mask', ['m'])];
    const own = { ...outside, ownKeys: { mask: 'Shift+M' } };
    expect(actionForKey(actions, 'm', own)).toBeUndefined();
    expect(actionForKey(actions, 'Shift+M', own)?.id).toBe('mask');
    expect(actionForKey(actions, 'm', { ...outside, ownKeys: { mask: '' } })).toBeUndefined();
  });

  it('gives a key to the view that was opened last, unless its action is not on offer', () => {
    const frame = action('time.zoomOut', ['s']);
    expect(actionForKey([frame, action('spotlight', ['s'])], 's', outside)?.id).toBe('spotlight');
    expect(actionForKey([frame, action('spotlight', ['s'], { isDisabled: true })], 's', outside)?.id).toBe(
      'time.zoomOut',
    );
  });
});
