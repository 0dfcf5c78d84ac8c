/** Writes batches of log records. A log line that comes twice in a file is two records: repetition is information. */
import type { CaseDatabase } from './case-database.ts';
import type { CaseDictionaries } from './case-dictionaries.ts';
import { BlockBuilder } from './column-blocks.ts';
import { signed, wordsOf } from './span-writer.ts';
import type { BulkInsert } from './statements/bulk-insert.ts';
import { logInsert } from './statements/signals.ts';
import { unpackString, type StorableLogBatch } from './storable-batch.ts';
import type { FileTimes } from './time-extent.ts';

export class LogWriter {
  readonly #insert: BulkInsert;
  readonly #block: BlockBuilder<'logs'>;

  constructor(database: CaseDatabase, stepAside?: () => void) {
    this.#insert = logInsert(database, stepAside);
    this.#block = new BlockBuilder(database, 'logs');
  }

  /** Returns the number of non-empty physical lines the records were read from. */
  write(batch: StorableLogBatch, sourceFileId: number, dictionaries: CaseDictionaries, times: FileTimes): number {
    const resources = batch.resources.map((resource) => dictionaries.resource(resource, 'logs', sourceFileId));
    const templates = batch.templates.map((template) => dictionaries.templateRow(template));
    const traceRows = dictionaries.traces.rowsOf(wordsOf(batch.traceId), { isZeroNone: true });
    const spanIds = signed(batch.spanId);
    const timeWords = wordsOf(batch.timeUnixNano);
    const { values } = this.#insert;
    const { columns } = this.#block;
    let lines = 0;
    for (let i = 0; i < batch.length; i++) {
      const resource = resources[batch.resource[i] ?? 0];
      const time = batch.timeUnixNano[i] ?? 0n;
      const spanId = spanIds[i] ?? 0n;
      const lineCount = batch.lineCount[i] ?? 1;
      lines += lineCount;
      if (batch.isTimeInferred[i] === 1) times.addInferred(time);
      else times.add(time);
      if (this.#block.isFull) this.flushBlock();
      const at = this.#insert.nextRow();
      values[at] = sourceFileId;
      values[at + 1] = time;
      values[at + 2] = batch.isTimeInferred[i] ?? 0;
      values[at + 3] = batch.severityNumber[i] ?? 0;
      values[at + 4] = resource?.id ?? 0;
      values[at + 5] = resource?.entityId ?? null;
      values[at + 6] = templates[batch.template[i] ?? 0] ?? 0;
      values[at + 7] = traceRows[i] || null;
      values[at + 8] = spanId === 0n ? null : spanId;
      values[at + 9] = lineCount;
      values[at + 10] = unpackString(batch.bodies, i);
      values[at + 11] = unpackString(batch.attributes, i) || null;
      const row = this.#block.next();
      columns.time[row * 2] = timeWords[i * 2] ?? 0;
      columns.time[row * 2 + 1] = timeWords[i * 2 + 1] ?? 0;
      columns.template[row] = templates[batch.template[i] ?? 0] ?? 0;
      columns.resource[row] = resource?.id ?? 0;
      columns.severity[row] = batch.severityNumber[i] ?? 0;
    }
    this.#insert.flush();
    return lines;
  }

  /** Writes the column block of the rows given so far; in their transaction. */
  flushBlock(): void {
    this.#insert.flush();
    this.#block.flush();
  }
  discardBlock(): void {
    this.#block.discard();
  }
}
