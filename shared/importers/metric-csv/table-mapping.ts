/**
 * Decides how a table of metrics is to be read: which column is the time, whether it is long (one value per row, named
 * by other columns) or wide (one series per column). Every guess can be overridden by an import option `csv.*`.
 */
import { CellTimeReader, numberOfCell, TIME_UNITS, type TimeUnit } from './cell-values.ts';
import { splitSeriesNames, type SeriesName } from './series-name.ts';

export interface TableMapping {
  readonly shape: 'long' | 'wide';
  /** Rows of names before the data. */
  readonly headerRows: number;
  readonly columns: readonly string[];
  readonly timeColumn: number;
  readonly timeUnit: TimeUnit;
  readonly zoneMinutes: number;
  readonly isDayFirst: boolean;
  readonly hasDecimalComma: boolean;
  /** Long: the number and the column that names the metric (−1 = the header of the number does). */
  readonly valueColumn: number;
  readonly metricColumn: number;
  readonly metricName: string;
  /** Long and wide: the column that names the entity, −1 for none; and other text columns, kept as labels. */
  readonly entityColumn: number;
  readonly labelColumns: readonly number[];
  /** Wide: columns of series with their names. */
  readonly seriesColumns: readonly { readonly column: number; readonly name: SeriesName }[];
  readonly unit: string;
  /** 0-1 */
  readonly confidence: number;
  /** Said in the import report. */
  readonly description: string;
}

const TIME_NAMES =
  /^(?:@?time(?:_?stamp)?|_time|ts|date(?:_?time)?|datetime|time_?(?:s|ms|us|ns|utc|local)?|clock|when|period|start_?time|unix_?time|epoch)\b/i;
const METRIC_NAMES =
  /^(?:metric(?:_?name)?|kpi(?:_?name)?|measurement|measure|__name__|counter(?:_?name)?|indicator|name|series|field|variable|metricname)$/i;
const VALUE_NAMES = /^(?:value|val|v|y|avg|average|mean|sample|reading|observed|sum|metric_?value|_value|last)$/i;
const ENTITY_NAMES =
  /^(?:service(?:[._]?name)?|entity|app(?:lication)?|component|microservice|cmdb_id|host(?:_?name)?|instance(?:[._]?id)?|node(?:_?name)?|pod(?:_?name)?|container(?:_?name)?|device|target|job|resource|server|machine|source)$/i;
/** Columns that only traces and logs have. */
const FOREIGN_NAMES =
  /^(?:trace_?id|span_?id|parent_?(?:span_?)?id|message|msg|log|body|level|severity|logger|_raw|stack(?:_?trace)?)$/i;
const MIN_ROWS = 2;
/** Share of readable cells that a column needs: less when its name says what it is, since damage is then likelier. */
const NAMED_SHARE = 0.5;
const UNNAMED_SHARE = 0.9;

/** undefined when the rows are no table of metrics. `options` are the import options, `path` names unnamed metrics. */
export function guessMapping(
  rows: readonly (readonly string[])[],
  options: Readonly<Record<string, string>>,
  path: string,
): TableMapping | undefined {
  const width = rows[0]?.length ?? 0;
  if (rows.length < MIN_ROWS || width < 2) return undefined;
  const headerRows = countHeaderRows(rows);
  const columns = columnNames(rows, headerRows, width);
  const data = rows.slice(headerRows, headerRows + 200);
  if (data.length === 0) return undefined;
  const base = readBasics(data, columns, options);
  if (base === undefined) return undefined;
  const others = columns.map((_, i) => i).filter((i) => i !== base.timeColumn);
  const numeric = others.filter((i) =>
    isNumeric(data, i, base.hasDecimalComma, VALUE_NAMES.test((columns[i] ?? '').trim())),
  );
  const text = others.filter((i) => !numeric.includes(i) && data.some((row) => (row[i] ?? '').trim() !== ''));
  const chosen = chooseColumns(columns, numeric, text, data, options);
  if (chosen === undefined) return undefined;
  const isForeign = columns.some((name) => FOREIGN_NAMES.test(name.trim()));
  const seriesColumns = seriesOf(columns, headerRows, rows, chosen);
  const metricName =
    chosen.shape === 'long' && chosen.metricColumn < 0 ? nameOfValue(columns[chosen.valueColumn] ?? '', path) : '';
  // A list of things with a date and a number (releases, jobs) is no table of metrics.
  const isList = chosen.metricColumn < 0 && chosen.entityColumn < 0 && text.length >= 2 && text.length > numeric.length;
  const confidence = isForeign || isList ? 0.1 : confidenceOf(chosen, headerRows, columns, base.timeColumn);
  const mapping = {
    ...base,
    ...chosen,
    headerRows,
    columns,
    seriesColumns,
    metricName,
    unit: options['csv.unit'] ?? '',
    confidence,
  };
  return { ...mapping, description: describe(mapping) };
}

/**
 * Nothing but names, one of them of a time, none of them a column that only traces and logs have: a table that was
 * written before anything was measured.
 */
export function isHeaderOnly(rows: readonly (readonly string[])[]): boolean {
  const [names = [], ...others] = rows;
  const cells = names.map((name) => name.trim());
  return (
    cells.length >= 2 &&
    others.every((row) => row.every((cell) => cell.trim() === '')) &&
    cells.every((cell) => cell !== '' && numberOfCell(cell, true) === undefined && !looksLikeTime(cell)) &&
    cells.some((cell) => TIME_NAMES.test(cell) && !/\s/.test(cell)) &&
    !cells.some((cell) => FOREIGN_NAMES.test(cell))
  );
}

interface Basics {
  readonly timeColumn: number;
  readonly timeUnit: TimeUnit;
  readonly zoneMinutes: number;
  readonly isDayFirst: boolean;
  readonly hasDecimalComma: boolean;
}
interface Chosen {
  readonly shape: 'long' | 'wide';
  readonly valueColumn: number;
  readonly metricColumn: number;
  readonly entityColumn: number;
  readonly labelColumns: readonly number[];
  readonly numericColumns: readonly number[];
}

/** Rows at the start whose cells (the first may be blank) are mostly no numbers and no times. */
function countHeaderRows(rows: readonly (readonly string[])[]): number {
  let count = 0;
  for (const row of rows.slice(0, 4)) {
    const cells = row.filter((cell) => cell.trim() !== '');
    const values = cells.filter((cell) => numberOfCell(cell, true) !== undefined || looksLikeTime(cell)).length;
    if (cells.length > 0 && values >= 0.3 * cells.length) break;
    count += 1;
  }
  return count;
}

const anyTime = new CellTimeReader('auto', 0, false, undefined);
function looksLikeTime(cell: string): boolean {
  return anyTime.read(cell) !== undefined;
}

/** Names of several header rows are joined by a dot, empty ones left out; repeated names get a number. */
function columnNames(rows: readonly (readonly string[])[], headerRows: number, width: number): readonly string[] {
  const seen = new Map<string, number>();
  const names: string[] = [];
  for (let i = 0; i < width; i += 1) {
    const parts = rows.slice(0, headerRows).map((row) => (row[i] ?? '').trim());
    const joined =
      [...new Set(parts)].filter((part) => part !== '').join('.') || (headerRows === 0 ? `column ${i + 1}` : '');
    const repeats = seen.get(joined) ?? 0;
    seen.set(joined, repeats + 1);
    names.push(repeats === 0 || joined === '' ? joined : `${joined} (${repeats + 1})`);
  }
  return names;
}

function columnIndex(columns: readonly string[], name: string | undefined): number {
  if (name === undefined) return -1;
  const index = columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  return index >= 0 ? index : /^\d+$/.test(name) && Number(name) <= columns.length ? Number(name) - 1 : -1;
}

function readBasics(
  data: readonly (readonly string[])[],
  columns: readonly string[],
  options: Readonly<Record<string, string>>,
): Basics | undefined {
  const unit = TIME_UNITS.find((u) => u === options['csv.timeUnit']) ?? 'auto';
  const zone = /^([+-])(\d\d):?(\d\d)$/.exec(options['csv.zone'] ?? '');
  const zoneMinutes = zone === null ? 0 : (Number(zone[2]) * 60 + Number(zone[3])) * (zone[1] === '-' ? -1 : 1);
  const told = columnIndex(columns, options['csv.time']);
  const share = (i: number): number => {
    const reader = new CellTimeReader(unit, zoneMinutes, false, undefined);
    return data.filter((row) => reader.read(row[i] ?? '') !== undefined).length / data.length;
  };
  const named = columns.findIndex((name, i) => TIME_NAMES.test(name) && share(i) >= NAMED_SHARE);
  const timeColumn =
    told >= 0
      ? told
      : named >= 0
        ? named
        : columns.findIndex((name, i) => i < 3 && share(i) >= 0.95 && isTimeByShape(data, i, name));
  if (timeColumn < 0) return undefined;
  const isDayFirst =
    options['csv.dayFirst'] === 'true' ||
    data.some((row) => /^\s*(?:1[3-9]|2\d|3[01])[/-]\d{1,2}[/-]\d{4}\b/.test(row[timeColumn] ?? ''));
  const commas = data.flat().filter((cell) => /^-?\d+,\d+$/.test(cell.trim())).length;
  const points = data.flat().filter((cell) => /^-?\d+\.\d+$/.test(cell.trim())).length;
  const hasDecimalComma = options['csv.decimal'] === ',' || (options['csv.decimal'] === undefined && commas > points);
  return { timeColumn, timeUnit: unit, zoneMinutes, isDayFirst, hasDecimalComma };
}

/** A column without a telling name is the time only when its cells are written as times or grow like epochs. */
function isTimeByShape(data: readonly (readonly string[])[], column: number, name: string): boolean {
  const first = (data[0]?.[column] ?? '').trim();
  if (!/^\d+(?:\.\d+)?$/.test(first)) return true;
  return /^\d{10}(?:\d{3}){0,3}(?:\.\d+)?$/.test(first) || (name === '' && Number(first) > 6.3e8);
}

function isNumeric(
  data: readonly (readonly string[])[],
  column: number,
  hasDecimalComma: boolean,
  isNamed: boolean,
): boolean {
  let numbers = 0;
  let filled = 0;
  for (const row of data) {
    const cell = row[column] ?? '';
    if (cell.trim() === '') continue;
    filled += 1;
    if (numberOfCell(cell, hasDecimalComma) !== undefined) numbers += 1;
  }
  return filled > 0 && numbers >= (isNamed ? NAMED_SHARE : UNNAMED_SHARE) * filled;
}

function chooseColumns(
  columns: readonly string[],
  numeric: readonly number[],
  text: readonly number[],
  data: readonly (readonly string[])[],
  options: Readonly<Record<string, string>>,
): Chosen | undefined {
  if (numeric.length === 0) return undefined;
  const toldValue = columnIndex(columns, options['csv.value']);
  const toldMetric = columnIndex(columns, options['csv.metric']);
  const toldEntity = columnIndex(columns, options['csv.entity']);
  const metricColumn = toldMetric >= 0 ? toldMetric : (text.find((i) => METRIC_NAMES.test(columns[i] ?? '')) ?? -1);
  const namedValue = numeric.find((i) => VALUE_NAMES.test((columns[i] ?? '').trim())) ?? -1;
  const valueColumn =
    toldValue >= 0 ? toldValue : namedValue >= 0 ? namedValue : numeric.length === 1 ? (numeric[0] ?? -1) : -1;
  const entityColumn =
    toldEntity >= 0
      ? toldEntity
      : (text.find((i) => i !== metricColumn && ENTITY_NAMES.test((columns[i] ?? '').trim())) ?? -1);
  const isLong =
    options['csv.shape'] === 'long' ||
    (options['csv.shape'] !== 'wide' &&
      valueColumn >= 0 &&
      (metricColumn >= 0 || toldValue >= 0 || numeric.length === 1 || (namedValue >= 0 && text.length > 0)));
  if (isLong && valueColumn < 0) return undefined;
  // A label with a new value in nearly every row is text, not a label.
  const labelColumns = text.filter((i) => i !== metricColumn && i !== entityColumn && isLabel(data, i));
  return {
    shape: isLong ? 'long' : 'wide',
    valueColumn: isLong ? valueColumn : -1,
    metricColumn: isLong ? metricColumn : -1,
    entityColumn,
    labelColumns,
    numericColumns: numeric,
  };
}

function isLabel(data: readonly (readonly string[])[], column: number): boolean {
  const values = new Set(data.map((row) => row[column] ?? ''));
  return values.size <= Math.max(10, 0.5 * data.length) && [...values].every((value) => value.length <= 200);
}

function seriesOf(
  columns: readonly string[],
  headerRows: number,
  rows: readonly (readonly string[])[],
  chosen: Chosen,
): TableMapping['seriesColumns'] {
  if (chosen.shape === 'long') return [];
  const names = chosen.numericColumns.map((i) => columns[i] ?? '');
  // Several header rows name entity and metric apart; with an entity column the names are metrics.
  if (headerRows >= 2)
    return chosen.numericColumns.map((column) => {
      const parts = rows
        .slice(0, headerRows)
        .map((row) => (row[column] ?? '').trim())
        .filter((part) => part !== '');
      return {
        column,
        name: {
          entity: parts.length > 1 ? (parts[0] ?? '') : '',
          metric: parts.slice(parts.length > 1 ? 1 : 0).join('.'),
        },
      };
    });
  const split = chosen.entityColumn >= 0 ? names.map((metric) => ({ entity: '', metric })) : splitSeriesNames(names);
  return chosen.numericColumns.map((column, i) => ({
    column,
    name: split[i] ?? { entity: '', metric: names[i] ?? '' },
  }));
}

function nameOfValue(header: string, path: string): string {
  if (header !== '' && !VALUE_NAMES.test(header.trim()) && !header.startsWith('column ')) return header.trim();
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.replace(/(?:\.(?:csv|tsv|txt|gz|zst))+$/i, '') || 'value';
}

function confidenceOf(chosen: Chosen, headerRows: number, columns: readonly string[], timeColumn: number): number {
  if (headerRows === 0) return 0.35;
  const hasTimeName = TIME_NAMES.test(columns[timeColumn] ?? '');
  if (chosen.shape === 'long' && chosen.metricColumn >= 0) return hasTimeName ? 0.92 : 0.8;
  return hasTimeName ? 0.85 : 0.7;
}

function describe(mapping: Omit<TableMapping, 'description'>): string {
  const name = (i: number): string => mapping.columns[i] || `column ${i + 1}`;
  const parts = [`time=${name(mapping.timeColumn)}`];
  if (mapping.entityColumn >= 0) parts.push(`entity=${name(mapping.entityColumn)}`);
  if (mapping.shape === 'long') {
    parts.push(
      `metric=${mapping.metricColumn >= 0 ? name(mapping.metricColumn) : `"${mapping.metricName}"`}`,
      `value=${name(mapping.valueColumn)}`,
    );
  } else parts.push(`${mapping.seriesColumns.length} series columns`);
  if (mapping.labelColumns.length > 0) parts.push(`labels=${mapping.labelColumns.map(name).join('+')}`);
  if (mapping.hasDecimalComma) parts.push('decimal comma');
  return `read as ${mapping.shape} table: ${parts.join(', ')} (options csv.shape, csv.time, csv.entity, csv.metric, csv.value change this)`;
}
