/**
 * The view state as the address after `#`: `#/logs?range=1763474400000000000..1763477100000000000&sel=entity:service:cart`.
 * Addresses come from strangers' links: whatever does not parse is left at its default.
 */
import { ENTITY_TYPES } from '../../shared/model/entity.ts';
import type { EntityRef, EntityType } from '../../shared/model/entity.ts';
import { INITIAL_VIEW_STATE, LEVELS, VIEWS, look, useViewStore, viewStateOf } from './view-state.ts';
import type { Selection, ViewRange, ViewState } from './view-state.ts';

const MAX_ADDRESS_LENGTH = 8_000;
/** Browsers stop a page that writes its address 200 times in half a minute; a drag would. */
const REPLACE_WAIT_MS = 250;

/** `#/view?…`, without what stands at its default. */
export function addressOf(state: ViewState): string {
  const query = new URLSearchParams();
  if (state.range) query.set('range', `${state.range.from}..${state.range.to}`);
  if (state.knownAt !== null) query.set('known', String(state.knownAt));
  if (state.incidentId !== null) query.set('incident', state.incidentId);
  if (state.selection) query.set('sel', selectionText(state.selection));
  if (state.level !== INITIAL_VIEW_STATE.level) query.set('level', state.level);
  for (const [name, text] of Object.entries(state.filters)) if (text !== '') query.set(`f.${name}`, text);
  const text = query.toString();
  return `#/${state.view}${text === '' ? '' : `?${text}`}`;
}

export function viewStateOfAddress(address: string): ViewState {
  if (address.length > MAX_ADDRESS_LENGTH) return INITIAL_VIEW_STATE;
  const [, path = '', text = ''] = /^#?\/?([^?]*)\??(.*)$/s.exec(address) ?? [];
  const query = new URLSearchParams(text);
  const filters: Record<string, string> = {};
  for (const [name, value] of query) if (/^f\.\w{1,40}$/.test(name)) filters[name.slice(2)] = value;
  return {
    view: VIEWS.find((view) => view === path) ?? INITIAL_VIEW_STATE.view,
    range: rangeOf(query.get('range')),
    knownAt: integerOf(query.get('known')),
    incidentId: query.get('incident'),
    selection: selectionOf(query.get('sel')),
    filters,
    level: LEVELS.find((level) => level === query.get('level')) ?? INITIAL_VIEW_STATE.level,
  };
}

/** Reads the address now, and from then on keeps address and store equal. Returns how to stop. */
export function followAddress(): () => void {
  useViewStore.setState({ ...viewStateOfAddress(window.location.hash), past: [], future: [] });
  let written = window.location.hash;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const replace = (): void => {
    clearTimeout(timer);
    timer = undefined;
    window.history.replaceState(null, '', written);
  };
  const unsubscribe = useViewStore.subscribe((store, before) => {
    const address = addressOf(viewStateOf(store));
    if (address === written) return;
    // A step of its own for Alt+Left only when the step count moved: a drag replaces.
    const isStep = store.past !== before.past && store.past.length >= before.past.length && store.future.length === 0;
    // What a drag left behind belongs to the step that ends here.
    if (isStep && timer !== undefined) replace();
    written = address;
    if (isStep) window.history.pushState(null, '', address);
    else timer ??= setTimeout(replace, REPLACE_WAIT_MS);
  });
  const onPop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (window.location.hash === written) return;
    written = window.location.hash;
    look(viewStateOfAddress(written));
  };
  const flush = (): void => {
    if (timer !== undefined) replace();
  };
  window.addEventListener('pagehide', flush);
  window.addEventListener('popstate', onPop);
  window.addEventListener('hashchange', onPop);
  return () => {
    unsubscribe();
    clearTimeout(timer);
    window.removeEventListener('pagehide', flush);
    window.removeEventListener('popstate', onPop);
    window.removeEventListener('hashchange', onPop);
  };
}

function selectionText(selection: Selection): string {
  switch (selection.kind) {
    case 'entity':
      return `entity:${selection.entity.type}:${selection.entity.name}`;
    case 'cause':
      return `cause:${selection.key}`;
    case 'row':
      return `row:${selection.ref}`;
    case 'trace':
      return `trace:${selection.traceId}`;
    case 'finding':
    case 'change':
    case 'alert':
      return `${selection.kind}:${selection.id}`;
  }
}

function selectionOf(text: string | null): Selection | null {
  const [, kind, rest = ''] = /^(\w+):(.+)$/s.exec(text ?? '') ?? [];
  switch (kind) {
    case 'entity': {
      const entity = entityOf(rest);
      return entity && { kind, entity };
    }
    case 'cause': {
      const entity = entityOf(rest.split('|', 1)[0] ?? '');
      return entity && { kind, key: rest, entity };
    }
    case 'row':
      return { kind, ref: rest };
    case 'trace':
      return { kind, traceId: rest };
    case 'finding':
    case 'change':
    case 'alert':
      return { kind, id: rest };
    default:
      return null;
  }
}

function entityOf(text: string): EntityRef | null {
  const colon = text.indexOf(':');
  const type = ENTITY_TYPES.find((known: EntityType) => known === text.slice(0, colon));
  const name = text.slice(colon + 1);
  return type && name !== '' ? { type, name } : null;
}

function rangeOf(text: string | null): ViewRange | null {
  const [from, to] = (text ?? '').split('..').map(integerOf);
  return typeof from === 'bigint' && typeof to === 'bigint' && from < to ? { from, to } : null;
}

function integerOf(text: string | null | undefined): bigint | null {
  return text && /^-?\d{1,19}$/.test(text) ? BigInt(text) : null;
}
