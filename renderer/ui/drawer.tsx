/** A drawer beside the content, which stays usable: Esc closes it and gives the focus back. */
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './controls.tsx';

export function Drawer(properties: {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly className?: string;
  /** False where the keyboard stays in the list beside it. */
  readonly takesFocus?: boolean;
}) {
  const { takesFocus = true, onClose } = properties;
  const frame = useRef<HTMLElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (!takesFocus) return;
    const before = document.activeElement;
    frame.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [takesFocus]);
  return (
    <aside
      ref={frame}
      className={`drawer panel ${properties.className ?? ''}`}
      tabIndex={-1}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className="panel-header">
        <h2 id={titleId} className="grow cut">
          {properties.title}
        </h2>
        <IconButton icon="close" label="Close (Esc)" onClick={onClose} />
      </header>
      <div className="panel-body">{properties.children}</div>
    </aside>
  );
}
