/** Reader thread: a read-only handle that answers the questions of screens and of the SQL console. */
import { EngineError } from '../engine-error.ts';
import { openCaseForReading, storageError, type CaseDatabase } from '../storage/case-database.ts';
import { allJudgements, allNotes, settingJson } from '../storage/annotations.ts';
import { alertKeys, allGroupings, allStrikes } from '../storage/decisions.ts';
import { schemaTables } from '../storage/schema-words.ts';
import { newestAnalysis } from '../storage/statements/analyses.ts';
import { QueryCursor } from '../storage/query-cursor.ts';
import {
  caseEntities,
  caseFiles,
  caseInfo,
  caseJobs,
  fileForReading,
  quarantine,
  readableRows,
} from '../storage/read-case.ts';
import { readerChoices } from '../storage/reader-choices.ts';
import { loadAnalysis } from '../storage/store-analysis.ts';
import { serveCalls, type MessageTarget } from './call-channel.ts';
import type { ReaderProcedures, WorkerRole } from './contract.ts';

export function runReaderWorker(target: MessageTarget, { caseFile }: Extract<WorkerRole, { role: 'reader' }>): void {
  let database: CaseDatabase | undefined;
  const cursors = new Map<number, QueryCursor>();
  let nextCursorId = 1;
  const read = <T>(work: (open: CaseDatabase) => T): T => {
    try {
      database ??= openCaseForReading(caseFile);
      return work(database);
    } catch (error) {
      throw storageError(error, caseFile);
    }
  };
  serveCalls<ReaderProcedures, never>(target, {
    info: () => read((open) => caseInfo(open, caseFile)),
    files: () => read(caseFiles),
    fileForReading: (path) => read((open) => fileForReading(open, path)),
    readerChoices: () => read(readerChoices),
    entities: (filter) => read((open) => caseEntities(open, filter)),
    rows: (refs) => read((open) => readableRows(open, refs)),
    quarantine: (filter) => read((open) => quarantine(open, filter)),
    jobs: () => read(caseJobs),
    analysis: (analysisId) => read((open) => loadAnalysis(open, analysisId)),
    newestAnalysis: () => read(newestAnalysis),
    notes: () => read(allNotes),
    judgements: () => read(allJudgements),
    strikes: () => read(allStrikes),
    groupings: () => read(allGroupings),
    alertKeys: (rowIds) => read((database) => alertKeys(database, rowIds)),
    setting: (key) => read((open) => settingJson(open, key)),
    schema: () => read(schemaTables),
    startQuery: (query) => {
      const cursor = read((open) => new QueryCursor(open, query));
      cursors.set(nextCursorId, cursor);
      return nextCursorId++;
    },
    nextChunk: (id) => {
      const cursor = cursors.get(id);
      if (!cursor) throw new EngineError('not_found', 'The query has ended.');
      try {
        const chunk = cursor.next();
        if (chunk.isLast) cursors.delete(id);
        return chunk;
      } catch (error) {
        cursors.delete(id);
        throw storageError(error, caseFile);
      }
    },
    endQuery: (id) => {
      cursors.get(id)?.close();
      cursors.delete(id);
    },
    close: () => {
      for (const cursor of cursors.values()) cursor.close();
      cursors.clear();
      database?.close();
      database = undefined;
    },
  });
}
