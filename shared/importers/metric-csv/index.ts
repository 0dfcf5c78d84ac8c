/** Metrics in CSV, TSV and their relatives, long or wide, with a guessed mapping that is said and can be overridden. */
import type { MetricSeriesKey, MetricType } from '../../model/metric.ts';
import type { RecordBatch } from '../../model/record-batch.ts';
import type { Attributes, AttributeValue, Resource } from '../../model/resource.ts';
import {
  ATTR_HOST_NAME,
  ATTR_K8S_CONTAINER_NAME,
  ATTR_K8S_POD_NAME,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
} from '../../semconv/attribute-keys.ts';
import { unitOfMetricName } from '../../semconv/units.ts';
import type { FileHead, ImportContext, Importer, Recognition } from '../importer.ts';
import { lineBlocks, linesOfText } from '../lines.ts';
import { RecordCollector } from '../record-collector.ts';
import { makeResource } from '../resource-table.ts';
import { CellTimeReader, numberOfCell } from './cell-values.ts';
import { CsvRowReader, guessDelimiter, type CsvRow } from './csv-rows.ts';
import { guessMapping, isHeaderOnly, type TableMapping } from './table-mapping.ts';

/** Rows looked at before the first point is read. */
const SURVEY_ROWS = 500;
const SURVEY_LINES = 1_000;
/** More than a line of text has, less than a table with rows. */
const HEADER_CONFIDENCE = 0.4;

export const metricCsvImporter: Importer = {
  id: 'metric-csv',
  title: 'Metrics in CSV or TSV',
  version: 1,
  references: ['https://www.rfc-editor.org/rfc/rfc4180', 'docs/formats.md, "CSV of metrics"'],
  recognise(head: FileHead): Recognition {
    const lines = linesOfText(head.text, head.isWhole).slice(0, SURVEY_LINES);
    if (lines.length === 0 || /^\s*[[{<]/.test(lines[0] ?? '')) return { confidence: 0, reason: 'No table.' };
    const delimiter = guessDelimiter(lines);
    if (delimiter === undefined) return { confidence: 0, reason: 'The lines have no delimiter in common.' };
    const rows = readRows(lines, delimiter).map((row) => row.cells);
    if (head.isWhole && isHeaderOnly(rows))
      return { confidence: HEADER_CONFIDENCE, reason: 'The names of a table of numbers over time, without any row.' };
    const mapping = guessMapping(rows.slice(0, SURVEY_ROWS), {}, head.path);
    if (mapping === undefined) return { confidence: 0, reason: 'A table, but not one of numbers over time.' };
    return {
      confidence: mapping.confidence,
      reason: `A table of numbers over time, ${mapping.description.split(' (')[0] ?? ''}.`,
    };
  },
  parse,
};

function readRows(lines: readonly string[], delimiter: string): CsvRow[] {
  const reader = new CsvRowReader(delimiter);
  const rows: CsvRow[] = [];
  for (const [i, text] of lines.entries()) {
    const row = reader.line(text, i + 1, 0);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

async function* parse(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  context: ImportContext,
): AsyncIterable<RecordBatch> {
  const collector = new RecordCollector();
  const opening: OpeningLine[] = [];
  let table: TableReader | undefined;
  for await (const block of lineBlocks(chunks, { warn: (text) => context.warn(text) })) {
    for (let i = 0; i < block.texts.length; i += 1) {
      const text = block.texts[i] ?? '';
      const line = block.firstLineNumber + i;
      const byteOffset = block.byteOffsets[i] ?? -1;
      if (table !== undefined) table.line(text, line, byteOffset);
      else if (opening.push({ text, line, byteOffset }) >= SURVEY_LINES)
        table = beginTable(opening, collector, context);
    }
    context.throwIfCancelled();
    if (collector.hasReady()) yield* collector.drain();
  }
  if (table === undefined && isEmptyTable(opening, context)) {
    context.warn('the table has a header and no rows');
    yield* collector.finish();
    return;
  }
  table ??= beginTable(opening, collector, context);
  table.finish();
  yield* collector.finish();
}

interface OpeningLine {
  readonly text: string;
  readonly line: number;
  readonly byteOffset: number;
}
function delimiterOf(lines: readonly string[], { options }: ImportContext): string {
  const told = options['csv.delimiter'];
  return told === 'tab' ? '\t' : (told ?? guessDelimiter(lines) ?? ',');
}
function isEmptyTable(opening: readonly OpeningLine[], context: ImportContext): boolean {
  const lines = opening.map(({ text }) => text);
  return isHeaderOnly(readRows(lines, delimiterOf(lines, context)).map((row) => row.cells));
}

function beginTable(opening: readonly OpeningLine[], collector: RecordCollector, context: ImportContext): TableReader {
  const lines = opening.map((line) => line.text);
  const delimiter = delimiterOf(lines, context);
  const rows = readRows(lines, delimiter).map((row) => row.cells);
  const mapping = guessMapping(rows.slice(0, SURVEY_ROWS), context.options, context.path);
  if (mapping !== undefined) context.warn(mapping.description);
  const table = new TableReader(mapping, rows.slice(mapping?.headerRows ?? 0), delimiter, collector, context);
  for (const { text, line, byteOffset } of opening) table.line(text, line, byteOffset);
  return table;
}

/** Reads the rows of one table. */
class TableReader {
  readonly #mapping: TableMapping | undefined;
  readonly #rows: CsvRowReader;
  readonly #time: CellTimeReader;
  readonly #collector: RecordCollector;
  readonly #context: ImportContext;
  readonly #types = new Map<string, MetricType>();
  readonly #resources = new Map<string, Resource>();
  #row = 0;
  #missing = 0;
  #warnedZone = false;

  constructor(
    mapping: TableMapping | undefined,
    sample: readonly (readonly string[])[],
    delimiter: string,
    collector: RecordCollector,
    context: ImportContext,
  ) {
    this.#mapping = mapping;
    this.#rows = new CsvRowReader(delimiter);
    this.#collector = collector;
    this.#context = context;
    this.#time = new CellTimeReader(
      mapping?.timeUnit ?? 'auto',
      mapping?.zoneMinutes ?? 0,
      mapping?.isDayFirst ?? false,
      context.fileTime,
    );
    if (mapping !== undefined) this.#learnTypes(mapping, sample);
  }

  line(text: string, line: number, byteOffset: number): void {
    const row = this.#rows.line(text, line, byteOffset);
    if (row !== undefined) this.#read(row);
  }

  finish(): void {
    const row = this.#rows.finish();
    if (row !== undefined) this.#read(row);
    if (this.#missing > 0) this.#context.warn(`${this.#missing} cells without a number were left out`);
    if (this.#mapping === undefined)
      this.#context.warn('no column could be read as time; name it with option csv.time');
  }

  #read(row: CsvRow): void {
    this.#row += 1;
    const mapping = this.#mapping;
    if (mapping === undefined) {
      this.#reject(row, 'The table has no column that can be read as time; name it with option csv.time.');
      return;
    }
    if (this.#row <= mapping.headerRows || row.cells.every((cell) => cell.trim() === '')) return;
    const time = this.#time.read(row.cells[mapping.timeColumn] ?? '');
    if (time === undefined) {
      this.#reject(
        row,
        `"${(row.cells[mapping.timeColumn] ?? '').slice(0, 40)}" in column ${mapping.columns[mapping.timeColumn] ?? ''} is no time.`,
      );
      return;
    }
    if (!this.#time.hasZone && !this.#warnedZone && this.#context.options['csv.zone'] === undefined) {
      this.#warnedZone = true;
      this.#context.warn('times carry no zone and are read as UTC (option csv.zone=+HH:MM changes that)');
    }
    if (mapping.shape === 'long') this.#readLong(mapping, row, time);
    else this.#readWide(mapping, row, time);
  }

  #readLong(mapping: TableMapping, row: CsvRow, time: ReturnType<CellTimeReader['read']> & bigint): void {
    const cell = row.cells[mapping.valueColumn] ?? '';
    const value = numberOfCell(cell, mapping.hasDecimalComma);
    const name = mapping.metricColumn >= 0 ? (row.cells[mapping.metricColumn] ?? '').trim() : mapping.metricName;
    if (value === undefined)
      this.#reject(row, `"${cell.slice(0, 40)}" in column ${mapping.columns[mapping.valueColumn] ?? ''} is no number.`);
    else if (name === '') this.#reject(row, 'The row names no metric.');
    else if (Number.isNaN(value)) this.#missing += 1;
    else this.#add(mapping, row, time, '', name, value);
  }

  #readWide(mapping: TableMapping, row: CsvRow, time: ReturnType<CellTimeReader['read']> & bigint): void {
    for (const { column, name } of mapping.seriesColumns) {
      const cell = row.cells[column] ?? '';
      const value = numberOfCell(cell, mapping.hasDecimalComma);
      if (value === undefined)
        this.#reject(row, `"${cell.slice(0, 40)}" in column ${mapping.columns[column] ?? ''} is no number.`);
      else if (Number.isNaN(value)) this.#missing += 1;
      else this.#add(mapping, row, time, name.entity, name.metric, value);
    }
  }

  #add(
    mapping: TableMapping,
    row: CsvRow,
    time: ReturnType<CellTimeReader['read']> & bigint,
    entity: string,
    name: string,
    value: number,
  ): void {
    const metrics = this.#collector.metrics();
    const type = this.#types.get(name) ?? 'gauge';
    const labels: Record<string, AttributeValue> = {};
    for (const column of mapping.labelColumns) {
      const label = (row.cells[column] ?? '').trim();
      if (label !== '') labels[mapping.columns[column] || `column ${column + 1}`] = label;
    }
    const key: MetricSeriesKey = {
      name,
      unit: mapping.unit !== '' ? mapping.unit : unitOfMetricName(name),
      type,
      temporality: type === 'counter' ? 'cumulative' : 'unspecified',
      attributes: labels,
      resource: metrics.resourceIndex(this.#resource(mapping, row, entity)),
    };
    metrics.add({ series: metrics.series(key), timeUnixNano: time, value });
  }

  #resource(mapping: TableMapping, row: CsvRow, entity: string): Resource {
    const isNamed = mapping.entityColumn >= 0;
    const name = isNamed ? (row.cells[mapping.entityColumn] ?? '').trim() : entity;
    let resource = this.#resources.get(name);
    if (resource === undefined) {
      const header = isNamed ? (mapping.columns[mapping.entityColumn] ?? '') : 'service';
      resource = makeResource(name === '' ? {} : resourceAttributes(header, name));
      if (this.#resources.size < 100_000) this.#resources.set(name, resource);
    }
    return resource;
  }

  /** A name that promises a counter is believed when its values never fall and rise at all. */
  #learnTypes(mapping: TableMapping, sample: readonly (readonly string[])[]): void {
    const series = new Map<string, { name: string; last: number; rises: number; falls: number }>();
    const see = (key: string, name: string, cell: string): void => {
      const value = numberOfCell(cell, mapping.hasDecimalComma);
      if (value === undefined || Number.isNaN(value)) return;
      const held = series.get(key);
      if (held === undefined) series.set(key, { name, last: value, rises: 0, falls: 0 });
      else {
        if (value > held.last) held.rises += 1;
        if (value < held.last) held.falls += 1;
        held.last = value;
      }
    };
    for (const cells of sample) {
      if (mapping.shape === 'wide')
        for (const { column, name } of mapping.seriesColumns) see(String(column), name.metric, cells[column] ?? '');
      else {
        const name = mapping.metricColumn >= 0 ? (cells[mapping.metricColumn] ?? '').trim() : mapping.metricName;
        const others = [mapping.entityColumn, ...mapping.labelColumns].map((i) => cells[i] ?? '').join('\0');
        see(`${name}\0${others}`, name, cells[mapping.valueColumn] ?? '');
      }
    }
    const falling = new Set<string>();
    const rising = new Set<string>();
    for (const { name, rises, falls } of series.values()) {
      if (falls > 0) falling.add(name);
      else if (rises >= 3) rising.add(name);
    }
    for (const name of rising)
      if (!falling.has(name) && /(?:_total|_count|_sum|_bucket)$/.test(name)) this.#types.set(name, 'counter');
  }

  #reject(row: CsvRow, reason: string): void {
    this.#collector.reject({
      line: row.line,
      byteOffset: row.byteOffset,
      reason,
      excerpt: row.cells.join(',').slice(0, 1_000),
    });
  }
}

function resourceAttributes(header: string, name: string): Attributes {
  const column = header.trim().toLowerCase();
  if (/^(?:host|node|server|machine|device)/.test(column)) return { [ATTR_HOST_NAME]: name };
  if (column.startsWith('pod')) return { [ATTR_K8S_POD_NAME]: name };
  if (column.startsWith('container')) return { [ATTR_K8S_CONTAINER_NAME]: name };
  if (column.startsWith('instance')) return { [ATTR_SERVICE_INSTANCE_ID]: name };
  return { [ATTR_SERVICE_NAME]: name };
}
