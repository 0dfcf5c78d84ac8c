/** A button with a menu: arrows walk it, letters jump, Esc closes and gives the focus back. */
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  /** Small text below the label. */
  readonly detail?: ReactNode;
  readonly icon?: IconName;
  readonly shortcut?: string | null;
  /** Drawn as a choice of several, with a tick at the chosen one. */
  readonly isChosen?: boolean;
  /** A line above it. */
  readonly isFirstOfGroup?: boolean;
  readonly onChoose: () => void;
}

export function Menu(properties: {
  /** Read aloud, and shown on hover when the button shows an icon only. */
  readonly label: string;
  readonly button: ReactNode;
  readonly items: readonly MenuItem[];
  readonly className?: string;
  readonly align?: 'start' | 'end';
}) {
  const { label, items, align = 'start' } = properties;
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }
  return (
    <div
      ref={frame}
      className="menu-frame"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className={properties.className ?? 'icon-button'}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {properties.button}
      </button>
      {isOpen && <MenuList id={id} label={label} items={items} align={align} onClose={close} />}
    </div>
  );
}

function MenuList(properties: {
  readonly id: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly align: 'start' | 'end';
  readonly onClose: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const options = [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    (options.find((option) => option.ariaChecked === 'true') ?? options[0])?.focus();
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      properties.onClose();
      return;
    }
    const next = nextOption([...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])], event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
  return (
    <ul
      ref={list}
      id={properties.id}
      className={`menu ${properties.align}`}
      role="menu"
      aria-label={properties.label}
      onKeyDown={onKeyDown}
    >
      {properties.items.map((item) => (
        <li key={item.id} role="presentation" className={item.isFirstOfGroup ? 'menu-group' : undefined}>
          <button
            type="button"
            role={item.isChosen === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.isChosen}
            tabIndex={-1}
            onClick={() => {
              properties.onClose();
              item.onChoose();
            }}
          >
            <span className="menu-icon">
              {item.isChosen ? <Icon name="check" size={14} /> : item.icon && <Icon name={item.icon} size={14} />}
            </span>
            <span className="grow cut">
              {item.label}
              {item.detail !== undefined && <span className="menu-detail cut">{item.detail}</span>}
            </span>
            {item.shortcut && <kbd aria-hidden="true">{item.shortcut}</kbd>}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The option that a key leads to from the focused one. */
function nextOption(options: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const active = options.findIndex((option) => option === document.activeElement);
  switch (key) {
    case 'ArrowDown':
      return options[(active + 1) % options.length];
    case 'ArrowUp':
      return options.at(active <= 0 ? -1 : active - 1);
    case 'Home':
      return options[0];
    case 'End':
      return options.at(-1);
    default:
      if (key.length !== 1 || key === ' ') return undefined;
      return [...options.slice(active + 1), ...options].find((option) =>
        option.textContent.trim().toLowerCase().startsWith(key.toLowerCase()),
      );
  }
}
