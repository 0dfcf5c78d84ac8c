/**
 * `[` and `]` walk the panes of a view, `\` gives the pane in hand the whole view and takes it back. A pane is any
 * `.panel` in the view; the one with the focus is the one in hand.
 */
import { useEffect } from 'react';
import { useActions } from '../stores/actions.ts';
import { useViewStore } from '../stores/view-state.ts';

const MAXIMISED = 'data-maximised';
/** What an ancestor of the maximised pane shows of its children. */
const ON_THE_WAY = 'data-on-the-way';

export function usePaneKeys(): void {
  const view = useViewStore((store) => store.view);
  useEffect(() => () => void restore(), [view]);
  useActions([
    { id: 'pane.previous', title: 'Previous pane', group: 'Moving', keys: ['['], run: () => walk(-1) },
    { id: 'pane.next', title: 'Next pane', group: 'Moving', keys: [']'], run: () => walk(1) },
    { id: 'pane.maximise', title: 'Maximise the pane, or put it back', group: 'Moving', keys: ['\\'], run: toggle },
  ]);
}

function panes(): readonly HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>('#main .panel')].filter((pane) => pane.offsetWidth > 0);
  // A panel around panels is no pane of its own.
  return all.filter((pane) => !all.some((other) => other !== pane && pane.contains(other)));
}

function paneInHand(): HTMLElement | undefined {
  return panes().find((pane) => pane.contains(document.activeElement));
}

function walk(step: number): void {
  const all = panes();
  const current = all.findIndex((pane) => pane.contains(document.activeElement));
  const next = all[(Math.max(current, step > 0 ? -1 : 0) + step + all.length) % all.length];
  if (!next) return;
  if (!next.hasAttribute('tabindex')) next.tabIndex = -1;
  next.focus();
}

function toggle(): void {
  if (restore()) return;
  const pane = paneInHand() ?? panes()[0];
  if (!pane) return;
  pane.setAttribute(MAXIMISED, '');
  for (let parent = pane.parentElement; parent && parent.id !== 'main'; parent = parent.parentElement) {
    parent.setAttribute(ON_THE_WAY, '');
  }
  pane.tabIndex = pane.hasAttribute('tabindex') ? pane.tabIndex : -1;
  pane.focus();
}

/** Answers whether a pane was maximised. */
function restore(): boolean {
  const marked = document.querySelectorAll(`[${MAXIMISED}], [${ON_THE_WAY}]`);
  for (const element of marked) {
    element.removeAttribute(MAXIMISED);
    element.removeAttribute(ON_THE_WAY);
  }
  return marked.length > 0;
}
