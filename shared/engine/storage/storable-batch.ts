/**
 * Batches in the form that travels from a parse worker to the writer: columns as they are, long lists of strings packed
 * into one (a list of 10,000 strings costs a hundred times the copy of one long string) and repeats of the string before
 * told by a number, log templates mined.
 */
import type { LogBatch } from '../../model/log-record.ts';
import type { MetricBatch } from '../../model/metric.ts';
import type { ObjectBatch, RecordBatch, RejectedBatch } from '../../model/record-batch.ts';
import type { SpanBatch } from '../../model/span.ts';

/** Strings one after the other; string i ends at `ends[i]` and begins where the one before ends. */
export interface PackedStrings {
  readonly text: string;
  readonly ends: Uint32Array;
}
/** Strings of rows, many of which say the same as the row before. */
export interface RepeatingStrings {
  readonly strings: PackedStrings;
  /** Index into `strings`, by row. */
  readonly index: Uint32Array;
}
export interface MinedTemplate {
  /** 16 lower-case hex digits. */
  readonly id: string;
  readonly text: string;
  readonly example: string;
}

export interface StorableSpanBatch extends Omit<SpanBatch, 'extraJson'> {
  readonly extra: RepeatingStrings;
}
export interface StorableLogBatch extends Omit<LogBatch, 'attributesJson' | 'body'> {
  readonly bodies: PackedStrings;
  readonly attributes: PackedStrings;
  /** Per record, index into `templates`. */
  readonly template: Uint32Array;
  readonly templates: readonly MinedTemplate[];
}
export interface StorableMetricBatch extends Omit<MetricBatch, 'detailJson'> {
  readonly detail: PackedStrings;
}
export type StorableBatch = StorableSpanBatch | StorableLogBatch | StorableMetricBatch | ObjectBatch | RejectedBatch;

export interface TemplateKey {
  readonly id: string;
  readonly text: string;
}
/** What packing needs of a template miner. */
export interface TemplateSource {
  keyOf(message: string): TemplateKey;
}

export function packStrings(strings: readonly string[]): PackedStrings {
  const ends = new Uint32Array(strings.length);
  let end = 0;
  for (let i = 0; i < strings.length; i++) {
    end += strings[i]?.length ?? 0;
    ends[i] = end;
  }
  return { text: strings.join(''), ends };
}

/** Most spans of a batch say nothing but their scope: that is then sent, unpacked and flattened once. */
export function packRepeating(strings: readonly string[]): RepeatingStrings {
  const distinct: string[] = [];
  const index = new Uint32Array(strings.length);
  for (let i = 0; i < strings.length; i++) {
    if (i === 0 || strings[i] !== strings[i - 1]) distinct.push(strings[i] ?? '');
    index[i] = distinct.length - 1;
  }
  return { strings: packStrings(distinct), index };
}

/** '' where the index is out of range, as for an empty string. */
export function unpackString({ text, ends }: PackedStrings, index: number): string {
  const end = ends[index] ?? 0;
  const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
  return start === end ? '' : text.slice(start, end);
}

export function toStorable(batch: RecordBatch, templates: TemplateSource): StorableBatch {
  switch (batch.kind) {
    case 'spans': {
      const { extraJson, ...columns } = batch;
      return { ...columns, extra: packRepeating(extraJson) };
    }
    case 'logs': {
      const { body, attributesJson, ...columns } = batch;
      const mined = mineTemplates(body, templates);
      return { ...columns, ...mined, bodies: packStrings(body), attributes: packStrings(attributesJson) };
    }
    case 'metrics': {
      const { detailJson, ...columns } = batch;
      return { ...columns, detail: packStrings(detailJson) };
    }
    default:
      return batch;
  }
}

function mineTemplates(
  bodies: readonly string[],
  source: TemplateSource,
): { readonly template: Uint32Array; readonly templates: readonly MinedTemplate[] } {
  const template = new Uint32Array(bodies.length);
  const templates: MinedTemplate[] = [];
  const indexById = new Map<string, number>();
  for (let i = 0; i < bodies.length; i++) {
    const body = bodies[i] ?? '';
    const { id, text } = source.keyOf(body);
    let index = indexById.get(id);
    if (index === undefined) {
      index = templates.push({ id, text, example: body.slice(0, MAX_EXAMPLE_LENGTH) }) - 1;
      indexById.set(id, index);
    }
    template[i] = index;
  }
  return { template, templates };
}
/** A stack trace is recognisable by its first lines. */
const MAX_EXAMPLE_LENGTH = 4_000;

/** Records in a batch, of whatever kind. */
export function recordCount(batch: StorableBatch): number {
  switch (batch.kind) {
    case 'objects':
      return (
        (batch.alerts?.length ?? 0) +
        (batch.changes?.length ?? 0) +
        (batch.events?.length ?? 0) +
        (batch.entities?.length ?? 0) +
        (batch.edges?.length ?? 0)
      );
    case 'rejected':
      return batch.records.length;
    default:
      return batch.length;
  }
}
