/**
 * What opened rows are examples of: log records of the same writer and template, spans of the same entity and operation.
 * A claim that counts eleven links three; from these all eleven are found. Pure.
 */
import type { QueryOutput } from '../../client/query-cache.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';

type Row = QueryOutput<'row.get'>['rows'][number];

export type AlikeRows =
  | { readonly kind: 'logs'; readonly entity: EntityRef | null; readonly templateIds: readonly string[] }
  | {
      readonly kind: 'calls';
      readonly entity: EntityRef;
      readonly operation: string;
      /** All examples failed: only failing ones are like them. */
      readonly isFailing: boolean;
    };

/** Kinds in the order of their first row, those of a writer or an operation together; at most `limit`. O(rows). */
export function alikeRows(rows: readonly Row[], limit: number): readonly AlikeRows[] {
  const found = new Map<string, AlikeRows>();
  for (const row of rows) {
    const kind = kindOf(row);
    if (!kind) continue;
    const key =
      kind.kind === 'logs' ? `logs ${kind.entity?.name ?? ''}` : `calls ${kind.entity.name} ${kind.operation}`;
    const known = found.get(key);
    found.set(key, known ? joined(known, kind) : kind);
  }
  return [...found.values()].slice(0, limit);
}

function kindOf(row: Row): AlikeRows | null {
  const service = textOf(row, 'service');
  const entity: EntityRef | null = service === '' ? null : { type: 'service', name: service };
  if (row.table === 'log') {
    const templateId = textOf(row, 'template_id');
    return templateId === '' ? null : { kind: 'logs', entity, templateIds: [templateId] };
  }
  const operation = textOf(row, 'name');
  if (row.table !== 'span' || !entity || operation === '') return null;
  return { kind: 'calls', entity, operation, isFailing: textOf(row, 'status') === 'error' };
}

function joined(left: AlikeRows, right: AlikeRows): AlikeRows {
  if (left.kind === 'logs' && right.kind === 'logs') {
    return { ...left, templateIds: [...new Set([...left.templateIds, ...right.templateIds])] };
  }
  if (left.kind === 'calls' && right.kind === 'calls') {
    return { ...left, isFailing: left.isFailing && right.isFailing };
  }
  return left;
}

function textOf(row: Row, name: string): string {
  const value = row.fields.find((field) => field.name === name)?.value;
  return typeof value === 'string' ? value : '';
}
