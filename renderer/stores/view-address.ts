/**
 * The view state as the address after `#`: `#/logs?range=1763474400000000000..1763477100000000000&sel=entity:service:cart`.
 * Addresses come from strangers' links: whatever does not parse is left at its default.
 *
 * While names are masked the address tells pseudonyms and sealed words (`names=masked`), so that neither the bar, nor a
 * link, nor the history of the browser holds a name. Whoever knows the case's pseudonyms finds the same place by it.
 */
import { ENTITY_TYPES } from '../../shared/model/entity.ts';
import type { EntityRef, EntityType } from '../../shared/model/entity.ts';
import { namelessPlace } from '../../shared/report/masked-place.ts';
import type { NamedPlace } from '../../shared/report/masked-place.ts';
import { useNaming, useNamingStore } from './naming.ts';
import type { Naming } from './naming.ts';
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

/** The address of a state as it may be told now. */
export function tellAddress(state: ViewState, naming: Naming): string {
  const address = addressOf({ ...state, ...placeIn(naming.place(state)) });
  if (!naming.isMasked) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${MASKED}`;
}

/** For links on the page; told anew when names are masked or shown. */
export function useTellAddress(): (state: ViewState) => string {
  const naming = useNaming();
  return (state) => tellAddress(state, naming);
}

const MASKED = 'names=masked';

function isMaskedAddress(address: string): boolean {
  return new URLSearchParams(address.split('?')[1] ?? '').get('names') === 'masked';
}

function placeIn({ incidentId, selection, filters }: NamedPlace): NamedPlace {
  return { incidentId, selection, filters };
}

/** The state an address tells. What it says in pseudonyms that are not known yet is awaited, and stays out until then. */
function readAddress(address: string): ViewState {
  const state = viewStateOfAddress(address);
  if (!isMaskedAddress(address)) {
    useNamingStore.setState({ awaitedPlace: null });
    return state;
  }
  const { placeOf } = useNamingStore.getState();
  useNamingStore.setState({ awaitedPlace: placeOf ? null : placeIn(state) });
  return { ...state, ...(placeOf ? placeOf(placeIn(state)) : namelessPlace()) };
}

/** Goes where an address says, masked or not. */
export function visitAddress(address: string): void {
  look(readAddress(address));
}

/** Reads the address now, and from then on keeps address and store equal. Returns how to stop. */
export function followAddress(): () => void {
  useViewStore.setState({ ...readAddress(window.location.hash), past: [], future: [] });
  let written = window.location.hash;
  let isReading = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const replace = (): void => {
    clearTimeout(timer);
    timer = undefined;
    window.history.replaceState(null, '', written);
  };
  /** The entry that stands there now tells what may be told now: nothing older stays in its place. */
  const correct = (): void => {
    const { naming, awaitedPlace } = useNamingStore.getState();
    const address = tellAddress(viewStateOf(useViewStore.getState()), naming);
    if (address === written || (awaitedPlace && isMaskedAddress(written))) return;
    written = address;
    replace();
  };
  const unsubscribe = useViewStore.subscribe((store, before) => {
    const { naming, awaitedPlace } = useNamingStore.getState();
    if (isReading || awaitedPlace) return;
    const address = tellAddress(viewStateOf(store), naming);
    if (address === written) return;
    // A step of its own for Alt+Left only when the step count moved: a drag replaces.
    const isStep = store.past !== before.past && store.past.length >= before.past.length && store.future.length === 0;
    // What a drag left behind belongs to the step that ends here.
    if (isStep && timer !== undefined) replace();
    written = address;
    if (isStep) window.history.pushState(null, '', address);
    else timer ??= setTimeout(replace, REPLACE_WAIT_MS);
  });
  const unsubscribeNaming = useNamingStore.subscribe(({ naming, placeOf, awaitedPlace }, before) => {
    if (placeOf && awaitedPlace) {
      isReading = true;
      useNamingStore.setState({ awaitedPlace: null });
      useViewStore.setState(placeOf(awaitedPlace));
      isReading = false;
      correct();
    } else if (naming !== before.naming) correct();
  });
  const onPop = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (window.location.hash === written) return;
    written = window.location.hash;
    isReading = true;
    visitAddress(written);
    isReading = false;
    correct();
  };
  const flush = (): void => {
    if (timer !== undefined) replace();
  };
  correct();
  window.addEventListener('pagehide', flush);
  window.addEventListener('popstate', onPop);
  window.addEventListener('hashchange', onPop);
  return () => {
    unsubscribe();
    unsubscribeNaming();
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
