/** Runs one statement at a time; rows show as they come, and a new run or Cancel stops the one before. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { ContractError } from '../../../shared/contract/contract-error.ts';
import { useProcedures } from '../../client/engine-context.tsx';
import { EMPTY_RESULT, withChunk } from './sql-result.ts';
import type { SqlResult } from './sql-result.ts';

export interface SqlRun {
  /** null = nothing was run yet. */
  readonly sql: string | null;
  readonly result: SqlResult;
  readonly error: ContractError | null;
  readonly isRunning: boolean;
  readonly isCancelled: boolean;
  readonly elapsedMs: number;
}

const IDLE: SqlRun = {
  sql: null,
  result: EMPTY_RESULT,
  error: null,
  isRunning: false,
  isCancelled: false,
  elapsedMs: 0,
};

export function useSql(): { readonly run: SqlRun; readonly start: (sql: string) => void; readonly cancel: () => void } {
  const procedures = useProcedures();
  const [run, setRun] = useState<SqlRun>(IDLE);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const start = useCallback(
    (sql: string) => {
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      const began = performance.now();
      const update = (change: Partial<SqlRun>): void => {
        if (abort.current === own) setRun((before) => ({ ...before, ...change, elapsedMs: performance.now() - began }));
      };
      setRun({ ...IDLE, sql, isRunning: true });
      const read = async (): Promise<void> => {
        let result = EMPTY_RESULT;
        for await (const chunk of procedures['sql.run']({ sql }, { signal: own.signal })) {
          result = withChunk(result, chunk);
          update({ result });
        }
        update({ isRunning: false });
      };
      read().catch((error: unknown) => {
        const known = error instanceof ContractError ? error : new ContractError('internal', String(error));
        update(own.signal.aborted ? { isRunning: false, isCancelled: true } : { isRunning: false, error: known });
      });
    },
    [procedures],
  );
  const cancel = useCallback(() => abort.current?.abort(), []);
  return { run, start, cancel };
}
