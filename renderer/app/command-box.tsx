/**
 * The command box: search, filter, `>` for actions. A combobox: the text keeps the focus, arrows walk the list, Enter
 * takes, Esc leaves. It finds what is on this machine; nothing is sent anywhere.
 */
import { useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useActions } from '../stores/actions.ts';
import { searchCommands } from '../stores/command-search.ts';
import type { Command, CommandKind } from '../stores/command-search.ts';
import { rowCount, useCaseSummary } from '../stores/open-case.ts';
import { countText } from '../stores/time-format.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon.tsx';
import { useCommands } from './use-commands.ts';
import { VIEW_ENTRIES } from './views.tsx';

const KIND_LOOKS: Readonly<Record<CommandKind, { readonly icon: IconName; readonly heading: string }>> = {
  action: { icon: 'play', heading: 'Actions' },
  view: { icon: 'case', heading: 'Views' },
  entity: { icon: 'services', heading: 'Entities' },
  incident: { icon: 'incidents', heading: 'Incidents' },
  change: { icon: 'change', heading: 'Changes' },
  alert: { icon: 'alert', heading: 'Alerts' },
  time: { icon: 'clock', heading: 'Time' },
  filter: { icon: 'filter', heading: 'Filter' },
};

export function CommandBox() {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const settled = useDeferredValue(typed);
  const commands = useCommands(isOpen, settled);
  const found = useMemo(() => (isOpen ? grouped(searchCommands(settled, commands)) : []), [isOpen, settled, commands]);
  const active = Math.min(chosen, found.length - 1);

  function show(text: string): void {
    setTyped(text);
    setChosen(0);
    setOpen(true);
    input.current?.focus();
  }
  function leave(): void {
    setOpen(false);
    setTyped('');
    input.current?.blur();
  }
  function take(command: Command | undefined): void {
    if (!command) return;
    leave();
    command.run();
  }
  useActions([
    {
      id: 'palette.show',
      title: 'Search, filter or run',
      group: 'Moving',
      keys: ['Ctrl+K', '/'],
      isGlobal: true,
      run: () => show(''),
    },
    { id: 'palette.actions', title: 'Run an action', group: 'Moving', keys: ['>'], run: () => show('>') },
  ]);

  function onKeyDown(event: KeyboardEvent): void {
    const next = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 8, PageUp: active - 8 }[event.key];
    if (next !== undefined) {
      setOpen(true);
      setChosen(Math.min(found.length - 1, Math.max(0, next)));
    } else if (event.key === 'Enter') take(found[active]);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
  }
  return (
    <div
      className="command-box"
      role="search"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Search, filter or run an action"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={usePlaceholder()}
        value={typed}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">Ctrl K</kbd>
      {isOpen && <CommandList id={listId} found={found} active={active} onHover={setChosen} onTake={take} />}
    </div>
  );
}

function CommandList(properties: {
  readonly id: string;
  readonly found: readonly Command[];
  readonly active: number;
  readonly onHover: (index: number) => void;
  readonly onTake: (command: Command) => void;
}) {
  const { id, found, active } = properties;
  return (
    <div className="command-list">
      <ul id={id} role="listbox" aria-label="Found">
        {found.map((command, index) => {
          const { icon, heading } = KIND_LOOKS[command.kind];
          const viewIcon = VIEW_ENTRIES.find(({ view }) => command.id === `action view.${view}`)?.icon;
          const isFirst = found[index - 1]?.kind !== command.kind;
          return (
            <li
              key={command.id}
              id={`${id}-${index}`}
              ref={index === active ? scrollHere : undefined}
              role="option"
              aria-selected={index === active}
              data-heading={isFirst ? heading : undefined}
              onPointerMove={() => properties.onHover(index)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => properties.onTake(command)}
            >
              <Icon name={viewIcon ?? icon} size={14} />
              <bdi className="cut">{command.title}</bdi>
              <span className="grow cut detail text-3" dir="auto">
                {command.detail}
              </span>
              {command.shortcut && <kbd>{command.shortcut}</kbd>}
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p className="command-none">Nothing here is called that. Type &gt; to see all actions.</p>}
    </div>
  );
}

function scrollHere(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** Found commands with those of one kind together, the kind with the best match first. */
function grouped(found: readonly Command[]): readonly Command[] {
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => found.filter((command) => command.kind === kind));
}

function usePlaceholder(): string {
  const summary = useCaseSummary();
  const rows = summary ? rowCount(summary.records) : 0;
  return rows === 0 ? 'Search, filter, or > to run' : `Search ${countText(rows)} rows, filter, or > to run`;
}
