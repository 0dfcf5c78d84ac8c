/**
 * What the page asks of the program around it. Two hosts answer: a browser tab on the loopback host and the desktop
 * window. Everything else the page knows comes through the engine's contract.
 */
import type { Port } from '../../shared/rpc/port.ts';

/** A file handed over by a person, with its place inside a dropped folder (`logs/api.log`). */
export interface HandedFile {
  readonly file: File;
  readonly relativePath: string;
}

export interface StagingProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly path: string;
}

export interface HostBridge {
  readonly kind: 'browser' | 'desktop';
  /** A new port to the engine; rejects when the host is not reachable. */
  openEnginePort(): Promise<Port>;
  /** A new port to the host itself (dialogs, saving, window title). */
  openHostPort(): Promise<Port>;
  /**
   * Makes handed-over files readable for the engine and answers the paths to import: those on disk where the host knows
   * them, copies staged by the server otherwise. Rejects with a ContractError that names the file.
   */
  stageFiles(
    files: readonly HandedFile[],
    onProgress: (progress: StagingProgress) => void,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
}
