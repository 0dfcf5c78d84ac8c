/**
 * What waits to be imported and which job this page waits for. One job runs at a time in an engine, so what is dropped
 * meanwhile waits here; when the last import has ended, an analysis starts by itself. The awaited job is kept through a
 * reload of the page.
 */
import { create } from 'zustand';
import type { JobId } from '../../shared/model/ids.ts';
import type { StagingProgress } from '../client/host-bridge.ts';

export interface WaitingImport {
  /** Of one drop. */
  readonly paths: readonly string[];
  /** The one file of the case that is to be read another way; `paths` then holds it. */
  readonly readAs?: { readonly format: string | null; readonly file: string };
}
export interface ImportQueue {
  /** Oldest first. */
  readonly waiting: readonly WaitingImport[];
  /** The import after which this page starts the analysis. */
  readonly awaitedJob: JobId | null;
  /** Files on their way from the browser to the engine. */
  readonly staging: Staging | null;
}
export interface Staging extends StagingProgress {
  /** Since the first byte was asked for. */
  readonly elapsedMs: number;
  readonly cancel: () => void;
}

const STORAGE_KEY = 'faultline.awaited-import';

export const useImportQueue = create<ImportQueue>(() => ({
  waiting: [],
  awaitedJob: (sessionStorage.getItem(STORAGE_KEY) as JobId | null) ?? null,
  staging: null,
}));

export function enqueueImport(paths: readonly string[]): void {
  if (paths.length > 0) enqueue({ paths });
}
/** `from`: the file, or the archive that holds it, on the engine's machine. `format` null = as recognised. */
export function enqueueReading(file: string, from: string, format: string | null): void {
  enqueue({ paths: [from], readAs: { format, file } });
}
function enqueue(order: WaitingImport): void {
  useImportQueue.setState(({ waiting }) => ({ waiting: [...waiting, order] }));
}

/** Takes the oldest out. */
export function takeWaiting(): WaitingImport | undefined {
  const [next, ...waiting] = useImportQueue.getState().waiting;
  useImportQueue.setState({ waiting });
  return next;
}

/** Puts back first what the engine was too busy to take. */
export function returnWaiting(order: WaitingImport): void {
  useImportQueue.setState(({ waiting }) => ({ waiting: [order, ...waiting] }));
}

/** Another case: what waits was meant for the last one. Answers how many drops that were. */
export function forgetWaiting(): number {
  const { waiting } = useImportQueue.getState();
  useImportQueue.setState({ waiting: [] });
  return waiting.length;
}

export function awaitJob(jobId: JobId | null): void {
  if (jobId === null) sessionStorage.removeItem(STORAGE_KEY);
  else sessionStorage.setItem(STORAGE_KEY, jobId);
  useImportQueue.setState({ awaitedJob: jobId });
}

/** Files begin to go from the browser to the engine; answers what takes their progress. `now` in milliseconds. */
export function beginStaging(
  cancel: () => void,
  now: () => number = () => performance.now(),
): (progress: StagingProgress) => void {
  const startedAt = now();
  return (progress) => useImportQueue.setState({ staging: { ...progress, elapsedMs: now() - startedAt, cancel } });
}
export function endStaging(): void {
  useImportQueue.setState({ staging: null });
}
