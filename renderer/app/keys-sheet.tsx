/** The `?` sheet: every action with its key, those of the view first; keys can be changed, taken away or all switched off. */
import { Fragment, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { allActions, keyText, shownKey, useActionStore } from '../stores/actions.ts';
import type { Action } from '../stores/actions.ts';
import { setPreference, usePreferences } from '../stores/preferences.ts';
import { Button, LinkButton } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { keyName } from './keys.ts';

/** Keys every program of the system has; taking one would take it from people. */
const RESERVED = /^(Tab|Shift\+Tab|Enter|Escape|Ctrl\+[CVXARTWN])$/;

export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const store = useActionStore();
  const { hasSingleKeys, keys: ownKeys } = usePreferences();
  const groups = useMemo(() => groupedActions(allActions(store)), [store]);
  return (
    <Dialog
      title="Keys of this view"
      isWide
      onClose={onClose}
      actions={
        Object.keys(ownKeys).length > 0 ? (
          <Button onClick={() => setPreference({ keys: {} })}>Give back the original keys</Button>
        ) : undefined
      }
    >
      <label className="row keys-switch">
        <input
          type="checkbox"
          checked={hasSingleKeys}
          onChange={(event) => setPreference({ hasSingleKeys: event.target.checked })}
        />
        Single letters work outside text fields
      </label>
      <div className="keys-groups">
        {groups.map(([group, actions]) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {actions.map((action) => (
                <KeyRow key={action.id} action={action} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function KeyRow({ action }: { readonly action: Action }) {
  const ownKeys = usePreferences((preferences) => preferences.keys);
  const [isAsking, setAsking] = useState(false);
  const own = ownKeys[action.id];
  const key = shownKey(action, ownKeys);
  const others = own === undefined ? (action.keys ?? []).slice(1).map(keyText) : [];

  function give(name: string): void {
    const others = Object.fromEntries(
      Object.entries(ownKeys).filter(([id, taken]) => id !== action.id && taken !== name),
    );
    setPreference({ keys: { ...others, [action.id]: name } });
    setAsking(false);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const name = keyName(event.nativeEvent);
    if (name === '' || name === 'Tab' || name === 'Shift+Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (name === 'Escape') setAsking(false);
    else if (name === 'Backspace' || name === 'Delete') give('');
    else if (!RESERVED.test(name)) give(name);
  }
  return (
    <li className="keys-row">
      <span className="grow cut">{action.title}</span>
      {isAsking ? (
        <button type="button" className="keys-ask" autoFocus onKeyDown={onKeyDown} onBlur={() => setAsking(false)}>
          press a key · ⌫ none
        </button>
      ) : (
        <button
          type="button"
          className="keys-key"
          aria-label={`Key of ${action.title}: ${[key ?? 'none', ...others].join(' ')}. Change it`}
          onClick={() => setAsking(true)}
        >
          {key === null ? <span className="text-3">none</span> : <kbd>{key}</kbd>}
          {others.map((other) => (
            <Fragment key={other}>
              {' '}
              <kbd>{other}</kbd>
            </Fragment>
          ))}
        </button>
      )}
      {own !== undefined && (
        <LinkButton onClick={() => setPreference({ keys: withoutKey(ownKeys, action.id) })}>undo</LinkButton>
      )}
    </li>
  );
}

function withoutKey(keys: Readonly<Record<string, string>>, id: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(keys).filter(([other]) => other !== id));
}

/** Groups of the view, which were offered last, come first. */
function groupedActions(actions: readonly Action[]): readonly (readonly [string, readonly Action[]])[] {
  const groups = new Map<string, Action[]>();
  for (const action of [...actions].reverse()) {
    if (action.isHidden) continue;
    groups.set(action.group, [action, ...(groups.get(action.group) ?? [])]);
  }
  return [...groups];
}
