/**
 * What people decide about an answer: evidence that does not count, and signals that belong together or apart. Both are
 * found again by what they say when the case is analysed anew; groupings are an input of the analysis, strikes are not.
 */
import type { EntityRef, EntityType } from '../../model/entity.ts';
import type { SignalKind } from '../../model/finding.ts';
import { alertKey, type Grouping, type KeptGrouping, type SignalKey } from '../../model/grouping.ts';
import type { UnixNano } from '../../model/time.ts';
import { EngineError } from '../engine-error.ts';
import type { CaseDatabase } from './case-database.ts';
import * as rows from './statements/decisions.ts';

export interface StrikeKey {
  readonly entity: EntityRef;
  readonly signal: SignalKind;
  /** Of the evidence, as written. */
  readonly text: string;
}
export interface NewStrike extends StrikeKey {
  /** False takes an earlier strike back. */
  readonly isStruck: boolean;
  readonly by: string;
}
export interface Strike extends StrikeKey {
  readonly by: string;
  readonly time: UnixNano;
}
export type NewGrouping = Omit<Grouping, 'id' | 'time'>;

export function allStrikes(database: CaseDatabase): readonly Strike[] {
  return rows.strikeRows(database).map(({ entityType, entityName, signal, text, author, time }) => ({
    entity: { type: entityType as EntityType, name: entityName },
    signal: signal as SignalKind,
    text,
    by: author,
    time: time as UnixNano,
  }));
}
export function strike(
  database: CaseDatabase,
  { entity, signal, text, isStruck, by }: NewStrike,
  time: UnixNano,
): void {
  const key = { entityType: entity.type, entityName: entity.name, signal, text };
  if (isStruck) rows.upsertStrike(database, { ...key, author: by, time });
  else rows.deleteStrike(database, key);
}

export function allGroupings(database: CaseDatabase): readonly KeptGrouping[] {
  return rows.groupingRows(database).map(({ id, kind, members, others, isActive, author, time }) => ({
    id: Number(id),
    kind: kind as Grouping['kind'],
    members: JSON.parse(members) as readonly string[],
    others: JSON.parse(others) as readonly string[],
    isActive: isActive === 1n,
    by: author,
    time: time as UnixNano,
  }));
}
/** Keys of alerts by row, each once; rows there are none of are left out. */
export function alertKeys(database: CaseDatabase, rowIds: readonly number[]): readonly SignalKey[] {
  const known = rows.alertIdentities(database, rowIds);
  return [
    ...new Set(known.flatMap((alert) => (alert ? [alertKey(alert.externalId, alert.startTime as UnixNano)] : []))),
  ];
}
/** Answers its id. */
export function addGrouping(database: CaseDatabase, grouping: NewGrouping, time: UnixNano): number {
  const { kind, members, others, by } = grouping;
  return rows.insertGrouping(database, {
    kind,
    members: JSON.stringify(members),
    others: JSON.stringify(others),
    author: by,
    time,
  });
}
/** Takes a grouping back, or decides it again. Fails with `not_found`. */
export function setGroupingActive(database: CaseDatabase, id: number, isActive: boolean): void {
  if (rows.updateGroupingActive(database, id, isActive)) return;
  throw new EngineError('not_found', `The case has no grouping ${id}.`);
}
