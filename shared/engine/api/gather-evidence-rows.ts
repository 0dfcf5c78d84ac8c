/** Fetches the rows that evidence refers to, as the report shows them. */
import type { OutputOf } from '../../contract/derived-types.ts';
import type { Contract } from '../../contract/contract.ts';
import type { AnalysisResult } from '../../model/analysis-result.ts';
import type { RowRef } from '../../model/ids.ts';
import { unixNano } from '../../model/time.ts';
import type { TimeRange, UnixNano } from '../../model/time.ts';
import type { EvidenceRecord, EvidenceRow, EvidenceSeries } from '../../report/investigation-report.ts';
import { thinSeries } from '../../report/thin-series.ts';

type Row = OutputOf<Contract['row.get']>['rows'][number];
/** Where rows come from: a client of the contract, or the engine itself. */
export interface EvidenceSource {
  rows(refs: readonly RowRef[]): Promise<readonly Row[]>;
  points(
    seriesId: number,
    range: { readonly from?: UnixNano; readonly to?: UnixNano },
  ): AsyncIterable<{ readonly rowCount: number; readonly timeUnixNano: BigInt64Array; readonly value: Float64Array }>;
}
type Cell = Row['fields'][number]['value'];

/** As many as a report opens per item, and in all: a report is read, not searched. */
const ROWS_PER_ITEM = 20;
const MOST_ROWS = 5_000;
const REFS_PER_CALL = 500;
const SERIES_POINTS = 500;

export async function gatherEvidenceRows(
  source: EvidenceSource,
  result: AnalysisResult,
): Promise<ReadonlyMap<RowRef, EvidenceRow>> {
  const refs = referencesOf(result);
  const rows = new Map<RowRef, EvidenceRow>();
  for (let start = 0; start < refs.length; start += REFS_PER_CALL) {
    for (const row of await source.rows(refs.slice(start, start + REFS_PER_CALL))) {
      if (!row.found) continue;
      rows.set(row.ref, row.table === 'series' ? await seriesOf(source, row, result.window) : recordOf(row));
    }
  }
  return rows;
}

function referencesOf(result: AnalysisResult): RowRef[] {
  const refs = new Set<RowRef>();
  for (const { hypotheses } of result.incidents) {
    for (const { evidence } of hypotheses) {
      for (const item of evidence) for (const ref of item.refs.slice(0, ROWS_PER_ITEM)) refs.add(ref);
    }
  }
  return [...refs].slice(0, MOST_ROWS);
}

const TITLE_FIELDS = ['name', 'title', 'reason', 'body', 'message', 'summary', 'text'];
const ENTITY_FIELDS = ['service', 'entity', 'entities'];
const TIME_FIELDS = ['start_time', 'time'];

function recordOf(row: Row): EvidenceRecord {
  const value = (names: readonly string[]): string | null => {
    const found = names
      .map((name) => row.fields.find((field) => field.name === name)?.value)
      .find((cell) => cell != null);
    return found === undefined ? null : cellText(found);
  };
  const time = value(TIME_FIELDS);
  const about = [value(ENTITY_FIELDS), value(TITLE_FIELDS)].filter((text) => text !== null);
  const fields = row.fields.flatMap(({ name, value: cell }) =>
    cell === null || cell === '' ? [] : [{ name, value: cellText(cell) }],
  );
  if (row.sourcePath !== '') fields.push({ name: 'file', value: row.sourcePath });
  return { kind: 'record', ref: row.ref, title: about.join('  '), time, fields };
}

async function seriesOf(source: EvidenceSource, row: Row, window: TimeRange | null): Promise<EvidenceSeries> {
  const text = (name: string): string => {
    const cell = row.fields.find((field) => field.name === name)?.value;
    return cell === undefined || cell === null ? '' : cellText(cell);
  };
  const unit = text('unit');
  const labels = text('attributes');
  const title = [text('name'), unit === '' ? '' : `(${unit})`, text('entity'), labels === '{}' ? '' : labels];
  const times: number[] = [];
  const values: (number | null)[] = [];
  const seriesId = Number(/^series:(\d+)/.exec(row.ref)?.[1] ?? 0);
  const range = window ? { from: window.start, to: window.end } : {};
  for await (const chunk of source.points(seriesId, range)) {
    for (let point = 0; point < chunk.rowCount; point++) {
      times.push(Number(chunk.timeUnixNano[point] ?? 0n) / 1e9);
      const value = chunk.value[point] ?? Number.NaN;
      values.push(Number.isFinite(value) ? value : null);
    }
  }
  const thin = thinSeries(times, values, SERIES_POINTS);
  return {
    kind: 'series',
    ref: row.ref,
    title: title.filter((part) => part !== '').join(' '),
    unit,
    timesSeconds: thin.times,
    values: thin.values,
    highlight: highlightOf(row.ref),
  };
}

function highlightOf(ref: RowRef): EvidenceSeries['highlight'] {
  const stretch = /@(-?\d+)\.\.(-?\d+)$/.exec(ref);
  if (!stretch) return null;
  const [start, end] = [unixNano(stretch[1] ?? 0), unixNano(stretch[2] ?? 0)];
  return { startSeconds: Number(start) / 1e9, endSeconds: Number(end) / 1e9 };
}

function cellText(cell: NonNullable<Cell>): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell);
}
