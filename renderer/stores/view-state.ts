/**
 * Where the person is looking: view, time range, selection, filters. One store for all views; it is kept in the address
 * (`view-address.ts`), so a link, a reload and the back button all restore it. Nothing of the engine's data lives here.
 */
import { create } from 'zustand';
import type { EntityRef } from '../../shared/model/entity.ts';
import { entityKey } from '../../shared/model/entity.ts';

export const VIEWS = [
  'case',
  'incidents',
  'services',
  'traces',
  'logs',
  'changes',
  'notes',
  'query',
  'sources',
] as const;
export type ViewName = (typeof VIEWS)[number];

export const LEVELS = ['namespace', 'service', 'instance'] as const;
export type Level = (typeof LEVELS)[number];

/** Unix nanoseconds, `from` < `to`. */
export interface ViewRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** The one thing chosen; every view lights it. */
export type Selection =
  | { readonly kind: 'entity'; readonly entity: EntityRef }
  /** A hypothesis of the incident looked at, by its stable key (`causeKey`). */
  | { readonly kind: 'cause'; readonly key: string; readonly entity: EntityRef }
  /** A raw row such as `span:12`. */
  | { readonly kind: 'row'; readonly ref: string }
  | { readonly kind: 'finding'; readonly id: string }
  | { readonly kind: 'change'; readonly id: string }
  | { readonly kind: 'alert'; readonly id: string }
  | { readonly kind: 'trace'; readonly traceId: string };

export interface ViewState {
  readonly view: ViewName;
  /** null = the incident looked at, or the whole case. */
  readonly range: ViewRange | null;
  /** What was known at that time; null = everything. */
  readonly knownAt: bigint | null;
  readonly incidentId: string | null;
  readonly selection: Selection | null;
  /** Text of a view's filter box, by the view's own names (`graph`, `logs`, `traces` …). */
  readonly filters: Readonly<Record<string, string>>;
  readonly level: Level;
}

export const INITIAL_VIEW_STATE: ViewState = {
  view: 'case',
  range: null,
  knownAt: null,
  incidentId: null,
  selection: null,
  filters: {},
  level: 'service',
};

interface ViewStore extends ViewState {
  readonly past: readonly ViewState[];
  readonly future: readonly ViewState[];
  /** What the newest step changed (`range`, `filters.logs`): a drag or typing that changes the same goes on with it. */
  readonly changedLast: string;
}

const KEPT_STEPS = 200;

export const useViewStore = create<ViewStore>(() => ({
  ...INITIAL_VIEW_STATE,
  past: [],
  future: [],
  changedLast: '',
}));

/** The part that goes into the address. */
export function viewStateOf(store: ViewState): ViewState {
  const { view, range, knownAt, incidentId, selection, filters, level } = store;
  return { view, range, knownAt, incidentId, selection, filters, level };
}

/**
 * Goes somewhere. Each call is one step of undo, except `{ isContinued: true }`: a drag or typing goes on with the step
 * before, when that changed the same thing, so undo returns to where it began.
 */
export function look(
  change: Partial<ViewState>,
  { isContinued = false }: { readonly isContinued?: boolean } = {},
): void {
  useViewStore.setState((store) => {
    const now = viewStateOf(store);
    const next = { ...now, ...change };
    if (isSameLook(now, next)) return store;
    const changedLast = changedParts(now, next);
    const isSameStep = isContinued && store.past.length > 0 && changedLast === store.changedLast;
    const past = isSameStep ? store.past : [...store.past, now].slice(-KEPT_STEPS);
    return { ...next, past, future: [], changedLast };
  });
}

/** What one looked at has gone on elsewhere (an incident has another id): no step of its own. */
export function lookAlong(change: Partial<ViewState>): void {
  useViewStore.setState(change);
}

export function undoLook(): void {
  useViewStore.setState((store) => {
    const previous = store.past.at(-1);
    if (!previous) return store;
    return {
      ...previous,
      past: store.past.slice(0, -1),
      future: [viewStateOf(store), ...store.future],
      changedLast: '',
    };
  });
}

export function redoLook(): void {
  useViewStore.setState((store) => {
    const next = store.future[0];
    if (!next) return store;
    return { ...next, past: [...store.past, viewStateOf(store)], future: store.future.slice(1), changedLast: '' };
  });
}

export function setFilter(name: string, text: string, options?: { readonly isContinued?: boolean }): void {
  const { filters } = useViewStore.getState();
  look({ filters: { ...filters, [name]: text } }, options);
}

export function selectEntity(entity: EntityRef): void {
  look({ selection: { kind: 'entity', entity } });
}

/** Key of the entity the selection is about, where it is about one: `service:cart`. */
export function selectedEntityKey(selection: Selection | null): string | null {
  return selection?.kind === 'entity' || selection?.kind === 'cause' ? entityKey(selection.entity) : null;
}

/** What stays the same for one hypothesis when ranks move. */
export function causeKey(cause: {
  readonly entity: EntityRef;
  readonly faultKind: string;
  readonly change: { readonly id: string } | null;
}): string {
  return `${entityKey(cause.entity)}|${cause.faultKind}|${cause.change?.id ?? ''}`;
}

/** Names of what differs, filters each by its own name. */
function changedParts(before: ViewState, after: ViewState): string {
  const parts = (state: ViewState): ReadonlyMap<string, string | undefined> => {
    const { filters, ...others } = state;
    const named: readonly (readonly [string, unknown])[] = [
      ...Object.entries(others),
      ...Object.entries(filters).map(([name, text]) => [`filters.${name}`, text] as const),
    ];
    return new Map(named.map(([name, value]) => [name, contentOf(value)]));
  };
  const [old, now] = [parts(before), parts(after)];
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].filter((name) => old.get(name) !== now.get(name)).join(' ');
}

export function isSameLook(left: ViewState | undefined, right: ViewState | undefined): boolean {
  return contentOf(left) === contentOf(right);
}

function contentOf(state: unknown): string | undefined {
  return JSON.stringify(state, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
