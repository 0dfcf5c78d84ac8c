/**
 * A list of any length with rows of one height, one of which may be opened and is then taller. Only rows in sight are
 * elements. Chromium cannot lay out beyond 2^25 pixels, so above that the scroll position is scaled to the list; a million
 * rows of 28 pixels still scroll pixel by pixel.
 */
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';

export interface VirtualListHandle {
  scrollToIndex(index: number): void;
  /** With as many rows above it as below. */
  centreIndex(index: number): void;
  focus(): void;
}

export interface VisibleRange {
  /** First index shown and the one after the last, with overscan. */
  readonly start: number;
  readonly end: number;
}

const MAX_HEIGHT_PX = 30_000_000;
const OVERSCAN_ROWS = 8;

export function VirtualList(properties: {
  readonly count: number;
  readonly rowHeight: number;
  readonly label: string;
  readonly renderRow: (index: number) => ReactNode;
  /** The opened row: `renderRow` draws its details below it, in so many pixels more. */
  readonly opened?: { readonly index: number; readonly extraPx: number } | undefined;
  /** Row the keyboard is on; arrows, Page, Home and End move it. */
  readonly activeIndex?: number;
  /** `isExtending` = with Shift, which choosing rows goes on with. */
  readonly onActiveChange?: (index: number, isExtending: boolean) => void;
  /** Space on the active row. */
  readonly onToggle?: (index: number) => void;
  readonly onOpen?: (index: number) => void;
  readonly onVisibleChange?: (range: VisibleRange) => void;
  readonly role?: 'listbox' | 'grid' | 'list';
  readonly className?: string;
  readonly handle?: Ref<VirtualListHandle>;
}) {
  const { count, rowHeight, activeIndex, onActiveChange, onVisibleChange, opened } = properties;
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const extraPx = opened && opened.index < count ? opened.extraPx : 0;
  const openedIndex = extraPx > 0 && opened ? opened.index : Infinity;
  const topOf = (index: number): number => index * rowHeight + (index > openedIndex ? extraPx : 0);
  const indexAt = (px: number): number => (px <= (openedIndex + 1) * rowHeight ? px : px - extraPx) / rowHeight;
  const totalPx = count * rowHeight + extraPx;
  const heightPx = Math.min(totalPx, MAX_HEIGHT_PX);
  const scrollable = Math.max(1, heightPx - view.height);
  const scale = heightPx < totalPx ? (totalPx - view.height) / scrollable : 1;
  const firstPx = view.top * scale;
  const start = Math.max(0, Math.floor(indexAt(firstPx)) - OVERSCAN_ROWS);
  const end = Math.min(count, Math.ceil((firstPx + view.height) / rowHeight) + OVERSCAN_ROWS);
  const shiftPx = view.top - firstPx;

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => onVisibleChange?.({ start, end }), [onVisibleChange, start, end]);

  const scrollToIndex = useCallback(
    (index: number) => {
      const element = frame.current;
      if (!element) return;
      const rowPx = index * rowHeight + (index > openedIndex ? extraPx : 0);
      const seenPx = element.scrollTop * scale;
      if (rowPx < seenPx) element.scrollTop = rowPx / scale;
      else if (rowPx + rowHeight > seenPx + element.clientHeight) {
        element.scrollTop = (rowPx + rowHeight - element.clientHeight) / scale;
      }
    },
    [rowHeight, scale, openedIndex, extraPx],
  );
  const centreIndex = useCallback(
    (index: number) => {
      const element = frame.current;
      if (element) element.scrollTop = (index * rowHeight - (element.clientHeight - rowHeight) / 2) / scale;
    },
    [rowHeight, scale],
  );
  useImperativeHandle(properties.handle, () => ({ scrollToIndex, centreIndex, focus: () => frame.current?.focus() }), [
    scrollToIndex,
    centreIndex,
  ]);
  const latestScroll = useRef(scrollToIndex);
  latestScroll.current = scrollToIndex;
  useEffect(() => {
    // Only a move of the active row scrolls; new rows and other sizes do not pull the view.
    if (activeIndex !== undefined && activeIndex >= 0) latestScroll.current(activeIndex);
  }, [activeIndex]);

  useLayoutEffect(() => {
    // What was opened is seen whole: a row at the lower edge would show nothing of its details.
    const element = frame.current;
    if (!element || !Number.isFinite(openedIndex)) return;
    const lowerPx = (openedIndex + 1) * rowHeight + extraPx;
    const seenPx = element.scrollTop * scale + element.clientHeight;
    if (lowerPx > seenPx) element.scrollTop = (lowerPx - element.clientHeight) / scale;
    // Only opening scrolls; sizes that change later do not.
  }, [openedIndex]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || count === 0) return;
    if (event.key === 'Enter' && activeIndex !== undefined && activeIndex >= 0) {
      properties.onOpen?.(activeIndex);
      event.preventDefault();
      return;
    }
    if (event.key === ' ' && properties.onToggle && activeIndex !== undefined && activeIndex >= 0) {
      properties.onToggle(activeIndex);
      event.preventDefault();
      return;
    }
    const next = nextIndex(event.key, activeIndex ?? -1, count, Math.max(1, Math.floor(view.height / rowHeight) - 1));
    if (next === undefined || !onActiveChange) return;
    event.preventDefault();
    onActiveChange(next, event.shiftKey);
  }

  const rows: ReactNode[] = [];
  for (let index = start; index < end; index++) {
    rows.push(
      <div
        key={index}
        style={{
          position: 'absolute',
          insetInline: 0,
          height: rowHeight + (index === openedIndex ? extraPx : 0),
          top: topOf(index) + shiftPx,
        }}
      >
        {properties.renderRow(index)}
      </div>,
    );
  }
  return (
    <div
      ref={frame}
      className={`virtual-list ${properties.className ?? ''}`}
      tabIndex={0}
      role={properties.role ?? 'list'}
      aria-label={properties.label}
      onScroll={(event) => {
        const { scrollTop, clientHeight } = event.currentTarget;
        setView({ top: scrollTop, height: clientHeight });
      }}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: heightPx, position: 'relative' }} role="presentation">
        {rows}
      </div>
    </div>
  );
}

function nextIndex(key: string, active: number, count: number, page: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, active + page);
    case 'PageUp':
      return Math.max(0, active - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
