/**
 * The dependency graph of a case: call edges from client and server spans, from the peers that attributes name and from
 * declared edges; RED per node and edge before and during the incident; who is part of what and runs where. One pass
 * over the spans, O(spans + edges × sketch).
 */
import type { EdgeProvenance } from '../../model/edge.ts';
import { SPAN_KIND } from '../../model/span.ts';
import type { Telemetry } from '../../model/telemetry.ts';
import type { AnalysisContext } from '../context.ts';
import { foldNames } from './fold-names.ts';
import { viewGraph } from './graph-view.ts';
import { bucketOfDuration, RedPair } from './latency-sketch.ts';
import type {
  AnalysisWindows,
  CallEdge,
  NodeTraffic,
  RedComparison,
  RelationEdge,
  ServiceGraph,
} from './service-graph.ts';
import { edgeEndsOfSeries } from './series-edge.ts';
import { linkSpans, type SpanLinks } from './span-links.ts';

const POLL_EVERY = 65_536;
const EXAMPLES_PER_EDGE = 5;

interface EdgeDraft {
  readonly from: number;
  readonly to: number;
  readonly provenance: Set<EdgeProvenance>;
  readonly red: RedPair;
  readonly delay: RedPair;
  examples: number[];
  rowId: number;
}
class EdgeDrafts {
  readonly #drafts = new Map<number, EdgeDraft>();
  readonly #size: number;
  constructor(size: number) {
    this.#size = size;
  }
  get(from: number, to: number): EdgeDraft {
    const key = from * this.#size + to;
    let draft = this.#drafts.get(key);
    if (!draft) {
      draft = { from, to, provenance: new Set(), red: new RedPair(), delay: new RedPair(), examples: [], rowId: -1 };
      this.#drafts.set(key, draft);
    }
    return draft;
  }
  all(): EdgeDraft[] {
    return [...this.#drafts.values()].sort((a, b) => a.from - b.from || a.to - b.to);
  }
}

export function buildServiceGraph(
  telemetry: Telemetry,
  windows: AnalysisWindows,
  context: AnalysisContext,
): ServiceGraph {
  const size = telemetry.entities.length;
  const isInstrumented = findInstrumented(telemetry);
  context.throwIfCancelled();
  const foldedInto = foldNames(telemetry, isInstrumented, observePeers(telemetry));
  context.throwIfCancelled();
  const { spans } = telemetry;
  const owner = new Int32Array(spans.length);
  for (let i = 0; i < spans.length; i++) owner[i] = spans.entity[i]! < 0 ? -1 : foldedInto[spans.entity[i]!]!;
  const links = linkSpans(spans, owner);
  context.throwIfCancelled();
  const drafts = new EdgeDrafts(size);
  const traffic = measureSpans(telemetry, windows, owner, foldedInto, links, drafts, context);
  addDeclaredCalls(telemetry, foldedInto, drafts);
  const calls = drafts.all().map((draft) => finishEdge(draft, telemetry));
  return viewGraph({
    windows,
    foldedInto,
    calls,
    relations: findRelations(telemetry, foldedInto),
    traffic,
    isInstrumented,
  });
}

function findInstrumented(telemetry: Telemetry): Uint8Array {
  const flags = Uint8Array.from(telemetry.entities, (entity) => (entity.isInstrumented ? 1 : 0));
  const mark = (index: number): void => {
    if (index >= 0) flags[index] = 1;
  };
  telemetry.spans.entity.forEach(mark);
  telemetry.logs.entity.forEach(mark);
  return flags;
}

/** Calls addressed to a peer, by who answered them. */
function observePeers(telemetry: Telemetry): Map<number, Map<number, number>> {
  const { spans } = telemetry;
  const observed = new Map<number, Map<number, number>>();
  for (let i = 0; i < spans.length; i++) {
    const p = spans.parent[i]!;
    if (p < 0 || spans.entity[i] === spans.entity[p] || spans.entity[i]! < 0) continue;
    const peer = spans.peer[p]!;
    if (peer < 0 || spans.kind[i] === SPAN_KIND.consumer) continue;
    const answers = observed.get(peer) ?? new Map<number, number>();
    observed.set(peer, answers);
    answers.set(spans.entity[i]!, (answers.get(spans.entity[i]!) ?? 0) + 1);
  }
  return observed;
}

function measureSpans(
  telemetry: Telemetry,
  windows: AnalysisWindows,
  owner: Int32Array,
  foldedInto: Int32Array,
  links: SpanLinks,
  drafts: EdgeDrafts,
  context: AnalysisContext,
): (NodeTraffic | null)[] {
  const { spans } = telemetry;
  const work = sumOwnWork(spans.length, links);
  const own = new Map<number, { red: RedPair; self: RedPair }>();
  const trafficOf = (entity: number): { red: RedPair; self: RedPair } => {
    let pair = own.get(entity);
    if (!pair) own.set(entity, (pair = { red: new RedPair(), self: new RedPair() }));
    return pair;
  };
  for (let i = 0; i < spans.length; i++) {
    if (i % POLL_EVERY === 0) {
      context.throwIfCancelled();
      context.progress('graph', i / spans.length);
    }
    const entity = owner[i]!;
    if (entity < 0) continue;
    const window = windowOf(spans.startNs[i]!, windows);
    const isError = spans.status[i] === 2;
    const bucket = bucketOfDuration(spans.durationNs[i]!);
    if (links.isEntry[i]) {
      const selfBucket = bucketOfDuration(work[i]!);
      for (const node of spans.instance[i]! >= 0 ? [entity, spans.instance[i]!] : [entity]) {
        const pair = trafficOf(node);
        if (window < 0) continue;
        pair.red.add(window, bucket, isError);
        pair.self.add(window, selfBucket, isError && !links.hasFailedChild[i]);
      }
    }
    if (links.isCall[i]) measureCall(i, entity, bucket, isError, window, telemetry, owner, foldedInto, links, drafts);
    else measurePlainParent(i, entity, bucket, isError, window, telemetry, owner, links, drafts);
  }
  return telemetry.entities.map((_, index) => {
    const pair = own.get(index);
    return pair ? { red: compare(pair.red), selfTime: compare(pair.self) } : null;
  });
}

function windowOf(timeNs: number, windows: AnalysisWindows): -1 | 0 | 1 {
  if (timeNs >= windows.incident.startNs && timeNs < windows.incident.endNs) return 1;
  return timeNs >= windows.baseline.startNs && timeNs < windows.baseline.endNs ? 0 : -1;
}

/** Per entry span the self time of all spans of the same visit that do not wait for others. */
function sumOwnWork(length: number, links: SpanLinks): Float64Array {
  const work = new Float64Array(length);
  for (let i = 0; i < length; i++) if (!links.isCall[i]) work[links.entryOf[i]!]! += links.selfNs[i]!;
  return work;
}

/** A calling span: an edge to whoever answered, else to the peer its attributes name. */
function measureCall(
  i: number,
  entity: number,
  bucket: number,
  isError: boolean,
  window: number,
  telemetry: Telemetry,
  owner: Int32Array,
  foldedInto: Int32Array,
  links: SpanLinks,
  drafts: EdgeDrafts,
): void {
  const { spans } = telemetry;
  const child = links.remoteChild[i]!;
  const named = spans.peer[i]! >= 0 ? foldedInto[spans.peer[i]!]! : -1;
  const isMessage = spans.kind[i] === SPAN_KIND.producer || (child >= 0 && spans.kind[child] === SPAN_KIND.consumer);
  const answered = child >= 0 ? owner[child]! : -1;
  if (isMessage && answered >= 0 && named >= 0 && named !== answered) {
    // A queue stands between: producer → queue, consumer → queue (the consumer depends on what it drains).
    noteCall(
      drafts.get(answered, named),
      child,
      bucketOfDuration(spans.durationNs[child]!),
      spans.status[child] === 2,
      window,
    );
  }
  const callee = isMessage && named >= 0 ? named : answered >= 0 ? answered : named;
  if (callee < 0 || callee === entity) return;
  const draft = drafts.get(entity, callee);
  noteCall(draft, i, bucket, isError, window);
  if (window >= 0 && answered >= 0 && !isMessage)
    draft.delay.add(window, bucketOfDuration(Math.max(0, spans.durationNs[i]! - spans.durationNs[child]!)), isError);
}
function noteCall(draft: EdgeDraft, row: number, bucket: number, isError: boolean, window: number): void {
  draft.provenance.add('spans');
  if (window < 0) return;
  draft.red.add(window, bucket, isError);
  if (window === 1 && (isError || draft.examples.length < EXAMPLES_PER_EDGE)) {
    draft.examples.unshift(row);
    if (draft.examples.length > EXAMPLES_PER_EDGE) draft.examples.pop();
  }
}
/** A server or internal span under a span that is no call of its own: the edge is seen from the callee's side only. */
function measurePlainParent(
  i: number,
  entity: number,
  bucket: number,
  isError: boolean,
  window: number,
  telemetry: Telemetry,
  owner: Int32Array,
  links: SpanLinks,
  drafts: EdgeDrafts,
): void {
  const p = telemetry.spans.parent[i]!;
  if (p < 0 || owner[p]! < 0 || owner[p] === entity || links.isCall[p]) return;
  noteCall(drafts.get(owner[p]!, entity), i, bucket, isError, window);
}

function compare(pair: RedPair): RedComparison {
  return { baseline: pair.baseline.stats(), incident: pair.incident.stats() };
}

function finishEdge(draft: EdgeDraft, telemetry: Telemetry): CallEdge {
  const { durationNs } = telemetry.spans;
  const hasDelay = draft.delay.baseline.calls + draft.delay.incident.calls > 0;
  return {
    from: draft.from,
    to: draft.to,
    provenance: [...draft.provenance].sort(),
    red: draft.provenance.has('spans') ? compare(draft.red) : null,
    delay: hasDelay ? compare(draft.delay) : null,
    exampleSpans: draft.examples.sort((a, b) => durationNs[b]! - durationNs[a]! || a - b),
    rowId: draft.rowId,
  };
}

function addDeclaredCalls(telemetry: Telemetry, foldedInto: Int32Array, drafts: EdgeDrafts): void {
  for (const edge of telemetry.edges) {
    if (edge.edgeKind !== 'calls') continue;
    const from = foldedInto[edge.from]!;
    const to = foldedInto[edge.to]!;
    if (from === to) continue;
    const draft = drafts.get(from, to);
    draft.provenance.add(edge.provenance);
    draft.rowId = edge.rowId;
  }
  for (const series of telemetry.metrics) {
    const ends = edgeEndsOfSeries(telemetry, series);
    if (!ends) continue;
    const from = foldedInto[ends.from]!;
    const to = foldedInto[ends.to]!;
    if (from !== to) drafts.get(from, to).provenance.add('metrics');
  }
}

function findRelations(telemetry: Telemetry, foldedInto: Int32Array): RelationEdge[] {
  const found = new Map<string, RelationEdge>();
  const add = (
    kind: RelationEdge['kind'],
    from: number,
    to: number,
    provenance: EdgeProvenance,
    rowId: number,
  ): void => {
    const target = foldedInto[to] ?? to;
    const key = `${kind} ${from} ${target}`;
    if (from >= 0 && target >= 0 && from !== target && !found.has(key))
      found.set(key, { kind, from, to: target, provenance: [provenance], rowId });
  };
  for (const edge of telemetry.edges) {
    if (edge.edgeKind === 'calls' || edge.edgeKind === 'sameAs') continue;
    // A namespace holds services and is none: being in one says nothing about who serves whom.
    if (telemetry.entities[edge.to]?.type === 'namespace') continue;
    add(edge.edgeKind, edge.from, edge.to, edge.provenance, edge.rowId);
  }
  const { spans, logs, metrics } = telemetry;
  const seen = new Set<number>();
  const addOwner = (instance: number, entity: number, provenance: EdgeProvenance): void => {
    if (instance < 0 || entity < 0 || seen.has(instance)) return;
    seen.add(instance);
    add('partOf', instance, entity, provenance, -1);
  };
  for (let i = 0; i < spans.length; i++) addOwner(spans.instance[i]!, spans.entity[i]!, 'spans');
  for (let i = 0; i < logs.length; i++) addOwner(logs.instance[i]!, logs.entity[i]!, 'logs');
  for (const series of metrics) addOwner(series.instance, series.entity, 'metrics');
  return [...found.values()].sort((a, b) => a.from - b.from || a.to - b.to || (a.kind < b.kind ? -1 : 1));
}
