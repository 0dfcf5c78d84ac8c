/** More about a thing, on hover and on focus alike; Esc puts it away. Never the only place where something is said. */
import { useId, useState } from 'react';
import type { ReactNode } from 'react';

const DELAY_MS = 300;

export function Tooltip(properties: {
  readonly text: ReactNode;
  readonly children: ReactNode;
  /** Where it opens. */
  readonly side?: 'top' | 'bottom';
}) {
  const [isOpen, setOpen] = useState(false);
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const id = useId();
  function show(waitMs: number): void {
    clearTimeout(timer);
    setTimer(setTimeout(() => setOpen(true), waitMs));
  }
  function hide(): void {
    clearTimeout(timer);
    setOpen(false);
  }
  return (
    <span
      className="tooltip-frame"
      aria-describedby={isOpen ? id : undefined}
      onPointerEnter={() => show(DELAY_MS)}
      onPointerLeave={hide}
      onFocus={() => show(0)}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.preventDefault();
        hide();
      }}
    >
      {properties.children}
      {isOpen && (
        <span id={id} role="tooltip" className={`tooltip ${properties.side ?? 'bottom'}`}>
          {properties.text}
        </span>
      )}
    </span>
  );
}
