/** How a raw row is told in one line, and where one can go from it. */
import type { QueryOutput } from '../../client/query-cache.ts';
import { ENTITY_TYPES } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { look, useViewStore } from '../../stores/view-state.ts';

type Row = QueryOutput<'row.get'>['rows'][number];
type Cell = Row['fields'][number]['value'];

const HEADLINE_FIELDS = ['body', 'title', 'name', 'reason', 'text', 'template', 'summary', 'subject'];
const LONGEST_CELL = 20_000;
const SHOWN_BYTES = 256;

/** A cell in full, as text; what is longer than anyone reads is cut and says so. */
export function cellText(value: Cell): string {
  if (value === null) return '';
  if (value instanceof Uint8Array) {
    const hex = Array.from(value.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return value.length > SHOWN_BYTES ? `${hex} … ${value.length} bytes` : hex;
  }
  const text = String(value);
  return text.length > LONGEST_CELL
    ? `${text.slice(0, LONGEST_CELL)} … cut here, ${text.length} characters in all`
    : text;
}

export function rowHeadline(row: Row): string {
  for (const name of HEADLINE_FIELDS) {
    const value = row.fields.find((field) => field.name === name)?.value;
    if (typeof value === 'string' && value !== '') return value.slice(0, 200);
  }
  return row.ref;
}

export interface WayOn {
  readonly label: string;
  /** The key that goes there, the same as from any other place; null = none. */
  readonly key: string | null;
  readonly run: () => void;
}

/** Other views that show this row or what it is about. */
export function waysOn(row: Row): readonly WayOn[] {
  const ways: WayOn[] = [];
  const traceId = textField(row, 'trace_id');
  const entity = entityOf(row);
  if (row.table === 'log') {
    ways.push({
      label: 'Show in logs',
      key: 'Shift+L',
      run: () => look({ view: 'logs', selection: { kind: 'row', ref: row.ref } }),
    });
  }
  if (traceId !== undefined && /^[0-9a-f]{1,32}$/.test(traceId)) {
    ways.push({
      label: 'Show trace',
      key: 'Shift+T',
      run: () => look({ view: 'traces', selection: { kind: 'trace', traceId } }),
    });
  }
  if (row.table === 'alert')
    ways.push({ label: 'Show in incidents', key: null, run: () => look({ view: 'incidents' }) });
  if (row.table === 'change') ways.push({ label: 'Show in changes', key: null, run: () => look({ view: 'changes' }) });
  if (entity) {
    ways.push({ label: 'Show in graph', key: 'g', run: () => showInGraph(entity) });
    if (row.table === 'series') {
      const search = textField(row, 'name') ?? '';
      ways.push({ label: 'Show its chart', key: null, run: () => showChart(entity, search) });
    }
    ways.push({
      label: 'Show service',
      key: null,
      run: () => showService(entity),
    });
  }
  return ways;
}

/** The rows stay open beside the graph only where they were; going to it closes them. */
function showInGraph(entity: EntityRef): void {
  const { filters } = useViewStore.getState();
  look({ view: 'case', selection: { kind: 'entity', entity }, filters: { ...filters, rows: '' } });
}

function showService(entity: EntityRef): void {
  const { filters } = useViewStore.getState();
  look({ view: 'services', selection: { kind: 'entity', entity }, filters: { ...filters, rows: '' } });
}

/** The course of a series tells what its labels do not. */
function showChart(entity: EntityRef, search: string): void {
  const filters = { ...useViewStore.getState().filters, servicesTab: 'metrics', metrics: search, rows: '' };
  look({ view: 'services', selection: { kind: 'entity', entity }, filters });
}

function textField(row: Row, name: string): string | undefined {
  const value = row.fields.find((field) => field.name === name)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The entity a row is about: its `service`, or the first of its `entities`. */
function entityOf(row: Row): EntityRef | undefined {
  const service = textField(row, 'service');
  if (service !== undefined) return { type: 'service', name: service };
  const match = /^(\w+):([^,]+)/.exec(textField(row, 'entities') ?? textField(row, 'entity') ?? '');
  const type = ENTITY_TYPES.find((known) => known === match?.[1]);
  const name = match?.[2];
  return type && name !== undefined ? { type, name } : undefined;
}
