/** The controls of every view. Each has a name for screen readers and shows its key where it has one. */
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export function Button(properties: {
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly icon?: IconName;
  /** Shown beside the label: `C`. */
  readonly shortcut?: string;
  readonly look?: 'primary' | 'quiet' | 'plain';
  readonly isSmall?: boolean;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly title?: string;
}) {
  const { look = 'plain', icon, shortcut } = properties;
  return (
    <button
      type="button"
      className={`button ${look === 'plain' ? '' : look} ${properties.isSmall ? 'small' : ''}`}
      onClick={properties.onClick}
      disabled={properties.isDisabled}
      aria-pressed={properties.isPressed}
      title={properties.title}
    >
      {icon && <Icon name={icon} size={14} />}
      {properties.children}
      {shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
    </button>
  );
}

/** `label` is read aloud and shown on hover; name the key in it: `Undo (Ctrl Z)`. */
export function IconButton(properties: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly size?: number;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      onClick={properties.onClick}
      disabled={properties.isDisabled}
      aria-pressed={properties.isPressed}
      aria-label={properties.label}
      title={properties.label}
    >
      <Icon name={properties.icon} size={properties.size ?? 16} />
    </button>
  );
}

export function Segmented<Value extends string>(properties: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode; readonly title?: string }[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <div className="segmented" role="group" aria-label={properties.label}>
      {properties.options.map(({ value, label, title }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === properties.value}
          title={title}
          onClick={() => properties.onChange(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

export type ChipLook = 'plain' | 'fail' | 'warn' | 'change' | 'ok' | 'accent' | 'outlined' | 'dashed';

export function Chip(properties: {
  readonly children: ReactNode;
  readonly look?: ChipLook;
  readonly icon?: IconName;
  readonly title?: string;
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
}) {
  return (
    <span className={`chip ${properties.look ?? 'plain'}`} title={properties.title}>
      {properties.icon && <Icon name={properties.icon} size={12} />}
      <span className="cut">{properties.children}</span>
      {properties.onRemove && (
        <button
          type="button"
          className="link"
          aria-label={properties.removeLabel ?? 'Remove'}
          onClick={properties.onRemove}
        >
          <Icon name="close" size={10} />
        </button>
      )}
    </span>
  );
}

/** The rows behind a claim are always one step away. */
export function LinkButton(properties: {
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly title?: string;
}) {
  return (
    <button type="button" className="link" title={properties.title} onClick={properties.onClick}>
      {properties.children}
    </button>
  );
}
