/**
 * A filter over log records, made ready: what dictionaries can decide becomes a table look-up, what needs text or JSON
 * becomes a set of row ids, found once and remembered. A field whose key some resource has is looked for in resources
 * only, any other in the records' own attributes.
 */
import { EngineError } from '../engine-error.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { CaseDatabase } from '../storage/case-database.ts';
import { lastIndexedLogId } from '../storage/statements/full-text.ts';
import {
  logIdsMatching,
  logIdsOfTrace,
  logIdsWithAttribute,
  resourcesWith,
  templateRows,
  traceRowOf,
} from '../storage/statements/view-reads.ts';
import type { LogPart, LogRows, LogStore } from './log-store.ts';
import { RowSet } from './row-set.ts';

export interface LogFilter {
  readonly text?: string | undefined;
  readonly entity?: EntityRef | undefined;
  readonly minSeverity?: number | undefined;
  readonly maxSeverity?: number | undefined;
  readonly templateIds?: readonly string[] | undefined;
  readonly excludedTemplateIds?: readonly string[] | undefined;
  readonly fields?:
    readonly { readonly key: string; readonly value: string; readonly isExcluded: boolean }[] | undefined;
  /** Lower-case hex. */
  readonly traceId?: string | undefined;
}

/** What a record must fulfil; undefined parts hold for all. */
export interface ReadyFilter {
  /** Of the store when making it ready began; records that came later may be missing. */
  readonly version: number;
  /** Last row that the sets tell about. */
  readonly lastRow: number;
  readonly minSeverity: number;
  readonly maxSeverity: number;
  /** By template row, 1 = passes. */
  readonly templates: Uint8Array | undefined;
  /** By resource id, 1 = passes. */
  readonly resources: Uint8Array | undefined;
  readonly included: readonly RowSet[];
  readonly excluded: readonly RowSet[];
  /** True when nothing is asked: every record passes. */
  readonly isOpen: boolean;
  /** The full-text index does not hold all records yet. */
  readonly isTextPartial: boolean;
}

/** Gives way to other work between blocks; throws when the answer is no longer wanted. */
export type Pause = () => Promise<void>;

const SCAN_ROWS = 50_000;
/** Records whose full text is asked at once. */
const TEXT_ROWS = 262_144;
const MOST_SETS = 8;

export class LogFilters {
  /** Sets found, by what they hold; `upTo` tells the rows they were looked for in. */
  readonly #sets = new Map<string, { readonly set: RowSet; readonly upTo: string }>();

  async ready(database: CaseDatabase, store: LogStore, filter: LogFilter, pause: Pause): Promise<ReadyFilter> {
    const { text, traceId, fields = [] } = filter;
    const { version, generation, lastRow } = store;
    const included: RowSet[] = [];
    const excluded: RowSet[] = [];
    const owners = new OwnerTable(store, filter.entity);
    let isTextPartial = false;
    if (text !== undefined) {
      const indexed = lastIndexedLogId(database);
      isTextPartial = indexed < lastRow;
      // The index may hold records that the store has not read yet: the set has no room for them.
      const upTo = `${Math.min(indexed, lastRow)} ${generation}`;
      included.push(await this.#set(`text ${text}`, upTo, () => textSet(database, lastRow, text, pause)));
    }
    const upTo = `${lastRow} ${generation}`;
    if (traceId !== undefined)
      included.push(await this.#set(`trace ${traceId}`, upTo, () => traceSet(database, lastRow, traceId)));
    for (const { key, value, isExcluded } of fields) {
      if (owners.restrict(database, key, value, isExcluded)) continue;
      const name = `field ${JSON.stringify([key, value])}`;
      const set = await this.#set(name, upTo, () => fieldSet(database, lastRow, { key, value }, pause));
      (isExcluded ? excluded : included).push(set);
    }
    const templates = templateTable(database, store, filter);
    const [minSeverity, maxSeverity] = [filter.minSeverity ?? 0, filter.maxSeverity ?? 255];
    const isOpen =
      minSeverity === 0 &&
      maxSeverity >= 24 &&
      !templates &&
      !owners.table &&
      included.length === 0 &&
      excluded.length === 0;
    const tables = { templates, resources: owners.table, included, excluded };
    return { version, lastRow, minSeverity, maxSeverity, ...tables, isOpen, isTextPartial };
  }

  async #set(name: string, upTo: string, find: () => Promise<RowSet> | RowSet): Promise<RowSet> {
    const known = this.#sets.get(name);
    if (known?.upTo === upTo) return known.set;
    const set = await find();
    this.#sets.delete(name);
    this.#sets.set(name, { set, upTo });
    for (const oldest of this.#sets.keys()) {
      if (this.#sets.size <= MOST_SETS) break;
      this.#sets.delete(oldest);
    }
    return set;
  }
}

/** The test for a record by its index; good until the store is refreshed. */
function passing(filter: ReadyFilter, rows: LogRows): (index: number) => boolean {
  if (filter.isOpen) return () => true;
  const { severity, template, resource, rowId } = rows;
  const { lastRow, minSeverity, maxSeverity, templates, resources, included, excluded } = filter;
  const hasSets = included.length > 0 || excluded.length > 0;
  return (index) => {
    if (severity[index]! < minSeverity || severity[index]! > maxSeverity) return false;
    if (resources && resources[resource[index]!] !== 1) return false;
    if (templates && templates[template[index]!] !== 1) return false;
    if (!hasSets) return true;
    const id = rowId[index]!;
    if (id > lastRow) return false;
    for (const set of included) if (!set.has(id)) return false;
    for (const set of excluded) if (set.has(id)) return false;
    return true;
  };
}

/** Below this share of a window's records, a list of them is quicker than a walk over all. */
const LISTED_SHARE = 8;

/** Calls `visit` with the index of every record of the part that passes, by time. */
export function eachPassing(filter: ReadyFilter, part: LogPart, visit: (index: number) => void): void {
  const { from, to } = part;
  const isPassing = passing(filter, part.columns.columns);
  const listed = candidates(filter, part);
  if (listed) {
    for (let at = 0; at < listed.length; at++) if (isPassing(listed[at]!)) visit(listed[at]!);
    return;
  }
  for (let i = from; i < to; i++) if (isPassing(i)) visit(i);
}

/** A short list, by time, that holds every record that passes; undefined when there is none. */
function candidates(filter: ReadyFilter, { lists, from, to }: LogPart): Uint32Array | undefined {
  if (!lists || from === to) return undefined;
  const most = (to - from) / LISTED_SHARE;
  for (const { ids } of filter.included) {
    if (!ids) continue;
    const { indexOfRow } = lists;
    const indexes = ids.map((id) => indexOfRow[id] ?? -1).filter((index) => index >= from && index < to);
    return Uint32Array.from(indexes).sort();
  }
  const bySender = filter.resources && lists.byResource.union(filter.resources, from, to, most);
  return bySender ?? (filter.templates && lists.byTemplate.union(filter.templates, from, to, most));
}

/** Which resources pass: those of the entity (or that are it, as an instance), then those with or without a field. */
class OwnerTable {
  table: Uint8Array | undefined;
  readonly #limit: number;

  constructor({ dictionary }: LogStore, entity: EntityRef | undefined) {
    this.#limit = dictionary.resourceLimit;
    if (!entity) return;
    const id = dictionary.idOf(entity);
    this.table = new Uint8Array(this.#limit);
    for (let resource = 1; resource < this.#limit && id !== 0; resource++) {
      const isOwner = dictionary.entityOfResource[resource] === id || dictionary.instanceOfResource[resource] === id;
      if (isOwner) this.table[resource] = 1;
    }
  }

  /** False when no resource has the key. */
  restrict(database: CaseDatabase, key: string, value: string, isExcluded: boolean): boolean {
    if (resourcesWith(database, key, null).length === 0) return false;
    const matching = new Set(resourcesWith(database, key, value));
    const table = this.table ?? new Uint8Array(this.#limit).fill(1);
    for (let resource = 0; resource < this.#limit; resource++)
      if (matching.has(resource) === isExcluded) table[resource] = 0;
    this.table = table;
    return true;
  }
}

function templateTable(
  database: CaseDatabase,
  store: LogStore,
  { templateIds, excludedTemplateIds }: LogFilter,
): Uint8Array | undefined {
  if (!templateIds && !excludedTemplateIds) return undefined;
  const rowOf = templateRows(database);
  const table = new Uint8Array(store.templateLimit);
  if (!templateIds) table.fill(1);
  for (const id of templateIds ?? []) table[rowOf(id) ?? 0] = 1;
  for (const id of excludedTemplateIds ?? []) table[rowOf(id) ?? 0] = 0;
  return table;
}

async function textSet(database: CaseDatabase, lastRow: number, text: string, pause: Pause): Promise<RowSet> {
  const set = new RowSet(lastRow + 1);
  const idsMatching = logIdsMatching(database);
  try {
    for (let after = 0; after < lastRow; after += TEXT_ROWS) {
      addDecimals(idsMatching(text, after, after + TEXT_ROWS), set);
      await pause();
    }
  } catch (error) {
    if (error instanceof EngineError || !isSyntaxError(error)) throw error;
    throw new EngineError('invalid_argument', `The search text cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return set;
}

/** Adds the numbers of a comma-separated list: ten times quicker than a row each. */
function addDecimals(list: string, set: RowSet): void {
  let number = 0;
  for (let i = 0; i < list.length; i++) {
    const digit = list.charCodeAt(i) - 48;
    if (digit >= 0) number = number * 10 + digit;
    else {
      set.add(number);
      number = 0;
    }
  }
  if (number > 0) set.add(number);
}
function isSyntaxError(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'SQLITE_ERROR';
}

function traceSet(database: CaseDatabase, lastRow: number, traceId: string): RowSet {
  const set = new RowSet(lastRow + 1);
  const row = traceRowOf(database, Buffer.from(traceId.padStart(32, '0'), 'hex'));
  if (row !== undefined) for (const id of logIdsOfTrace(database, row)) set.add(id);
  return set;
}

async function fieldSet(
  database: CaseDatabase,
  lastRow: number,
  { key, value }: { readonly key: string; readonly value: string },
  pause: Pause,
): Promise<RowSet> {
  const set = new RowSet(lastRow + 1);
  const idsWith = logIdsWithAttribute(database);
  for (let after = 0; after < lastRow; after += SCAN_ROWS) {
    for (const id of idsWith(after, Math.min(lastRow, after + SCAN_ROWS), key, value)) set.add(id);
    await pause();
  }
  return set;
}
