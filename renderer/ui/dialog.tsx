/** A dialog over the page: the browser keeps the focus inside, Esc closes, and the focus goes back where it was. */
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './controls.tsx';

export function Dialog(properties: {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly actions?: ReactNode;
  readonly isWide?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${properties.isWide ? 'wide' : ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        properties.onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) properties.onClose();
      }}
    >
      <div className="dialog-body">
        <header className="dialog-header">
          <h2 id={titleId}>{properties.title}</h2>
          <IconButton icon="close" label="Close (Esc)" onClick={properties.onClose} />
        </header>
        <div className="dialog-content">{properties.children}</div>
        {properties.actions !== undefined && <footer className="dialog-actions">{properties.actions}</footer>}
      </div>
    </dialog>
  );
}
