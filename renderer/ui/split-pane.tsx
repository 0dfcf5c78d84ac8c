/**
 * Two panes with a splitter that remembers its place; arrows move it, Home and End take it to its limits. Where two columns
 * would be too narrow (a small window, 200 % zoom) they stand below each other and scroll.
 */
import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useMedia } from './use-media.ts';
import { setPaneShare, usePreferences } from '../stores/preferences.ts';

const STEP = 0.02;

export function SplitPane(properties: {
  /** Under this name the place is kept. */
  readonly name: string;
  readonly label: string;
  readonly direction: 'columns' | 'rows';
  readonly initialShare: number;
  readonly minShare?: number;
  readonly first: ReactNode;
  readonly second: ReactNode;
}) {
  const { name, direction, minShare = 0.15 } = properties;
  const frame = useRef<HTMLDivElement>(null);
  const stored = usePreferences(({ paneShares }) => paneShares[name]);
  const isStacked = useMedia('(width < 900px)') && direction === 'columns';
  const share = clamp(stored ?? properties.initialShare, minShare);

  function move(next: number): void {
    setPaneShare(name, clamp(next, minShare));
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = frame.current?.getBoundingClientRect();
    if (!box) return;
    move(direction === 'columns' ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const [less, more] = direction === 'columns' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const next =
      event.key === less
        ? share - STEP
        : event.key === more
          ? share + STEP
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? 1
              : undefined;
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  }
  if (isStacked) {
    return (
      <div className="split-stack">
        <div>{properties.first}</div>
        <div>{properties.second}</div>
      </div>
    );
  }
  const size = (part: number): { flex: string; minWidth: 0; minHeight: 0; display: 'flex' } => ({
    flex: `${part} 1 0`,
    minWidth: 0,
    minHeight: 0,
    display: 'flex',
  });
  return (
    <div
      ref={frame}
      style={{
        display: 'flex',
        flex: 1,
        minWidth: 0,
        minHeight: 0,
        flexDirection: direction === 'columns' ? 'row' : 'column',
      }}
    >
      <div style={size(share)}>{properties.first}</div>
      <div
        className={`splitter ${direction}`}
        role="separator"
        tabIndex={0}
        aria-label={properties.label}
        aria-orientation={direction === 'columns' ? 'vertical' : 'horizontal'}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={Math.round(minShare * 100)}
        aria-valuemax={Math.round((1 - minShare) * 100)}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      <div style={size(1 - share)}>{properties.second}</div>
    </div>
  );
}

function clamp(share: number, minShare: number): number {
  return Math.min(1 - minShare, Math.max(minShare, share));
}
