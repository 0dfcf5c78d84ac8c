/**
 * What people add to a case: notes, verdicts on hypotheses, settings of its views. A verdict belongs to what a hypothesis
 * says (entity, fault, change), so it is found again after the case was analysed anew; analysis itself does not read it.
 */
import type { EntityRef, EntityType } from '../../model/entity.ts';
import type { FaultKind } from '../../model/analysis-result.ts';
import type { UnixNano } from '../../model/time.ts';
import { EngineError } from '../engine-error.ts';
import type { CaseDatabase } from './case-database.ts';
import * as rows from './statements/annotations.ts';

export type NoteKind = 'note' | 'decision' | 'action';
export interface NewNote {
  readonly author: string;
  readonly text: string;
  readonly anchorTime: UnixNano | null;
  readonly entity: EntityRef | null;
  readonly anchorRef: string | null;
  readonly kind: NoteKind;
}
export interface Note extends NewNote {
  readonly id: number;
  readonly createdTime: UnixNano;
}
/** Parts that are undefined stay. */
export type NoteChange = { readonly id: number } & { readonly [Key in keyof NewNote]?: NewNote[Key] | undefined };

export interface JudgedHypothesisKey {
  readonly entity: EntityRef;
  readonly faultKind: FaultKind;
  readonly changeId: string | null;
}
export interface NewJudgement extends JudgedHypothesisKey {
  readonly incidentId: string;
  readonly verdict: 'confirmed' | 'rejected' | 'none';
  readonly by: string;
  readonly reason: string;
}
export interface Judgement extends NewJudgement {
  readonly verdict: 'confirmed' | 'rejected';
  readonly time: UnixNano;
}

export function allNotes(database: CaseDatabase): readonly Note[] {
  return rows.noteRows(database).map(toNote);
}

export function addNote(database: CaseDatabase, note: NewNote, createdTime: UnixNano): Note {
  return database.transaction((): Note => {
    const id = rows.insertNote(database, { ...valuesOf(database, note), createdTime });
    return { ...note, id, createdTime };
  })();
}

export function changeNote(database: CaseDatabase, { id, ...change }: NoteChange): Note {
  return database.transaction((): Note => {
    const row = rows.noteRow(database, id);
    if (!row) throw noSuchNote(id);
    const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const note: Note = { ...toNote(row), ...defined };
    rows.updateNote(database, { ...valuesOf(database, note), id });
    return note;
  })();
}

export function removeNote(database: CaseDatabase, id: number): void {
  if (!rows.deleteNote(database, id)) throw noSuchNote(id);
}

export function allJudgements(database: CaseDatabase): readonly Judgement[] {
  return rows.judgementRows(database).map((row) => ({
    entity: { type: row.entityType as EntityType, name: row.entityName },
    faultKind: row.faultKind as FaultKind,
    changeId: row.changeId === '' ? null : row.changeId,
    incidentId: row.incidentId,
    verdict: row.verdict as Judgement['verdict'],
    by: row.author,
    reason: row.reason,
    time: row.time as UnixNano,
  }));
}

export function judge(database: CaseDatabase, judgement: NewJudgement, time: UnixNano): void {
  const { entity, faultKind, changeId, incidentId, verdict, by, reason } = judgement;
  const key = { entityType: entity.type, entityName: entity.name, faultKind, changeId: changeId ?? '' };
  if (verdict === 'none') rows.deleteJudgement(database, key);
  else rows.upsertJudgement(database, { ...key, incidentId, verdict, author: by, reason, time });
}

/** null = never set. */
export function settingJson(database: CaseDatabase, key: string): string | null {
  return rows.settingText(database, key) ?? null;
}
export function setSetting(database: CaseDatabase, key: string, json: string | null, time: UnixNano): void {
  if (json === null) rows.deleteSetting(database, key);
  else rows.upsertSetting(database, key, json, time);
}

function valuesOf(database: CaseDatabase, note: NewNote): rows.NoteValues {
  const { author, text, anchorTime, entity, anchorRef, kind } = note;
  const entityId = entity ? rows.entityIdNamed(database, entity.type, entity.name) : null;
  // Entities come from telemetry only: the importer's dictionary would not know one made here.
  if (entityId === undefined)
    throw new EngineError('not_found', `The case has no ${entity?.type ?? 'entity'} named ${entity?.name ?? ''}.`);
  return { author, text, anchorTime, entityId, anchorRef, kind };
}

function toNote(row: rows.NoteRow): Note {
  const { id, createdTime, author, text, anchorTime, entityType, entityName, anchorRef, kind } = row;
  return {
    id: Number(id),
    createdTime: createdTime as UnixNano,
    author,
    text,
    anchorTime: anchorTime as UnixNano | null,
    entity: entityType !== null && entityName !== null ? { type: entityType as EntityType, name: entityName } : null,
    anchorRef,
    kind: kind as NoteKind,
  };
}

function noSuchNote(id: number): EngineError {
  return new EngineError('not_found', `The case has no note ${id}; it may have been removed.`);
}
