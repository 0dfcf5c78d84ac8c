/** The help beside the SQL console: every view and table of a case with a line about it and about its columns. */
import type { CaseDatabase } from './case-database.ts';
import { COLUMN_WORDS, TABLE_WORDS } from './schema-descriptions.ts';
import { schemaColumns } from './statements/schema.ts';

export interface SchemaTable {
  readonly name: string;
  readonly kind: 'view' | 'table';
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly description: string }[];
}

/** Views first, each kind by name. What is only for the program itself is left out. */
export function schemaTables(database: CaseDatabase): readonly SchemaTable[] {
  const tables = new Map<string, { kind: 'view' | 'table'; columns: SchemaTable['columns'][number][] }>();
  for (const { table, kind, column, type } of schemaColumns(database)) {
    if (TABLE_WORDS[table] === undefined) continue;
    const entry = tables.get(table) ?? { kind, columns: [] };
    tables.set(table, entry);
    const description = COLUMN_WORDS[`${table}.${column}`] ?? COLUMN_WORDS[column] ?? '';
    entry.columns.push({ name: column, type, description });
  }
  return [...tables]
    .map(([name, { kind, columns }]) => ({ name, kind, description: TABLE_WORDS[name] ?? '', columns }))
    .sort((a, b) => (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'view' ? -1 : 1));
}
