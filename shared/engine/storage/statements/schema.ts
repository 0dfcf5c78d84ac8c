/** What SQLite knows about the tables and views of a case. */
import type { CaseDatabase } from '../case-database.ts';

export function schemaColumns(database: CaseDatabase): readonly {
  readonly table: string;
  readonly kind: 'view' | 'table';
  readonly column: string;
  readonly type: string;
}[] {
  return database
    .prepare<[], { table: string; kind: 'view' | 'table'; column: string; type: string }>(
      `SELECT t.name AS "table", t.type AS kind, c.name AS "column", c.type FROM pragma_table_list t, pragma_table_info(t.name) c
       WHERE t.schema = 'main' AND t.type IN ('view', 'table') AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid`,
    )
    .all();
}
