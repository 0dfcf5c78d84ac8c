/**
 * Requests per service over the incident, in equal slots: how many, how many failed, how many were slower than the
 * baseline's 95th percentile. Tells when a shift began. One pass over the spans.
 */
import type { EntityIndex, Telemetry } from '../../../model/telemetry.ts';
import type { ServiceGraph } from '../../topology/service-graph.ts';
import { linkSpans } from '../../topology/span-links.ts';

const SLOTS = 120;
const SHORTEST_SLOT_NS = 15e9;
const EXAMPLES = 3;

interface Line {
  readonly calls: Float64Array;
  readonly errors: Float64Array;
  readonly slow: Float64Array;
  readonly failedRows: number[];
  readonly slowRows: number[];
}
export interface Onset {
  readonly onsetNs: number;
  readonly onsetUncertaintyNs: number;
  readonly endNs: number;
}
export class RequestTimeline {
  readonly #startNs: number;
  readonly #slotNs: number;
  readonly #slots: number;
  readonly #endNs: number;
  readonly #lines = new Map<EntityIndex, Line>();

  constructor(telemetry: Telemetry, graph: ServiceGraph) {
    const { incident } = graph.windows;
    this.#startNs = incident.startNs;
    this.#endNs = incident.endNs;
    this.#slotNs = Math.max(SHORTEST_SLOT_NS, (incident.endNs - incident.startNs) / SLOTS);
    this.#slots = Math.max(1, Math.ceil((incident.endNs - incident.startNs) / this.#slotNs));
    const { spans } = telemetry;
    const owner = Int32Array.from(spans.entity, (entity) => (entity < 0 ? -1 : graph.foldedInto[entity]!));
    const links = linkSpans(spans, owner);
    for (let row = 0; row < spans.length; row++) {
      const time = spans.startNs[row]!;
      const entity = owner[row]!;
      if (!links.isEntry[row] || entity < 0 || time < incident.startNs || time >= incident.endNs) continue;
      const limit = graph.traffic[entity]?.red.baseline.p95Ns ?? NaN;
      this.#note(row, entity, time, spans.status[row] === 2, spans.durationNs[row]! > limit);
    }
  }
  #note(row: number, entity: EntityIndex, time: number, isError: boolean, isSlow: boolean): void {
    let line = this.#lines.get(entity);
    if (!line) {
      const empty = (): Float64Array => new Float64Array(this.#slots);
      this.#lines.set(
        entity,
        (line = { calls: empty(), errors: empty(), slow: empty(), failedRows: [], slowRows: [] }),
      );
    }
    const slot = Math.min(this.#slots - 1, Math.floor((time - this.#startNs) / this.#slotNs));
    line.calls[slot]!++;
    if (isError) {
      line.errors[slot]!++;
      if (line.failedRows.length < EXAMPLES) line.failedRows.push(row);
    }
    if (isSlow) {
      line.slow[slot]!++;
      if (line.slowRows.length < EXAMPLES) line.slowRows.push(row);
    }
  }
  failedRows(entity: EntityIndex): readonly number[] {
    return this.#lines.get(entity)?.failedRows ?? [];
  }
  slowRows(entity: EntityIndex): readonly number[] {
    return this.#lines.get(entity)?.slowRows ?? [];
  }
  /** First slot whose share of bad requests passes half of the worst slot's, and the end of the last such slot. */
  onset(entity: EntityIndex, kind: 'errors' | 'slow' | 'quiet'): Onset {
    const whole = { onsetNs: this.#startNs, onsetUncertaintyNs: this.#endNs - this.#startNs, endNs: this.#endNs };
    const line = this.#lines.get(entity);
    if (!line) return whole;
    const busiest = Math.max(...line.calls);
    const shares = Array.from(line.calls, (calls, slot) =>
      kind === 'quiet' ? 1 - calls / busiest : calls >= 3 ? line[kind][slot]! / calls : 0,
    );
    const limit = 0.5 * Math.max(...shares);
    const first = shares.findIndex((share) => share >= limit && share > 0);
    const last = shares.findLastIndex((share) => share >= limit && share > 0);
    if (first < 0) return whole;
    return {
      onsetNs: this.#startNs + first * this.#slotNs,
      onsetUncertaintyNs: this.#slotNs,
      endNs: Math.min(this.#endNs, this.#startNs + (last + 1) * this.#slotNs),
    };
  }
}
