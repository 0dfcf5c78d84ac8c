/** Single rows and small lists as people read them, through the documented views. */
import type { RowTable } from '../../../model/ids.ts';
import type { CaseDatabase } from '../case-database.ts';

const VIEWS: Readonly<Record<RowTable, string>> = {
  span: 'v_spans',
  log: 'v_logs',
  template: 'v_log_templates',
  series: 'v_metric_series',
  alert: 'v_alerts',
  change: 'v_changes',
  event: 'v_events',
  edge: 'v_edges',
  entity: 'v_entities',
  finding: 'v_findings',
  quarantine: 'v_quarantine',
};

export type ReadableRow = Readonly<Record<string, string | number | bigint | null | Uint8Array>>;

/** By primary key of the table below the view. */
export function readableRow(database: CaseDatabase, table: RowTable): (rowId: number) => ReadableRow | undefined {
  const statement = database
    .prepare<[number], ReadableRow>(`SELECT * FROM ${VIEWS[table]} WHERE id = ?`)
    .safeIntegers();
  return (rowId) => statement.get(rowId);
}

/** By primary key. */
export function sourcePath(database: CaseDatabase, sourceFileId: number): string {
  return (
    (database.prepare('SELECT path FROM source_files WHERE id = ?').pluck().get(sourceFileId) as string | undefined) ??
    ''
  );
}

/** Points of a stretch of a series, at most `limit`, oldest first; uses metric_points_by_series_and_time. */
export function seriesPoints(
  database: CaseDatabase,
  stretch: { readonly seriesId: number; readonly from: bigint; readonly to: bigint; readonly limit: number },
): readonly { readonly time: bigint; readonly value: number | null }[] {
  return database
    .prepare<[typeof stretch], { time: bigint; value: number | null }>(
      `SELECT time, value FROM metric_points WHERE series_id = @seriesId AND time BETWEEN @from AND @to
       ORDER BY time LIMIT @limit`,
    )
    .safeIntegers()
    .all(stretch);
}

/** Uses quarantine_by_file when a path is given. */
export function quarantinePage(
  database: CaseDatabase,
  filter: { readonly path: string | null; readonly offset: number; readonly limit: number },
): readonly {
  readonly rowId: number;
  readonly path: string;
  readonly line: number;
  readonly byteOffset: number;
  readonly reason: string;
  readonly excerpt: string;
}[] {
  return database
    .prepare<
      [typeof filter],
      { rowId: number; path: string; line: number; byteOffset: number; reason: string; excerpt: string }
    >(
      `SELECT id AS rowId, path, line, byte_offset AS byteOffset, reason, excerpt FROM v_quarantine
       WHERE @path IS NULL OR path = @path ORDER BY id LIMIT @limit OFFSET @offset`,
    )
    .all(filter);
}
export function quarantineCount(database: CaseDatabase, path: string | null): number {
  return database
    .prepare('SELECT count(*) FROM v_quarantine WHERE @path IS NULL OR path = @path')
    .pluck()
    .get({ path }) as number;
}

export function analysisCount(database: CaseDatabase): number {
  return database.prepare('SELECT count(*) FROM analyses').pluck().get() as number;
}
