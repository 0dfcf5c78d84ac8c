import type { CliIo } from '../../../shared/cli/cli-io.ts';

export interface FakeIo extends CliIo {
  readonly written: { stdout: string; stderr: string };
  readonly abort: AbortController;
}

export function fakeIo(parts: Partial<Pick<CliIo, 'isTerminal' | 'isColoured' | 'columns'>> = {}): FakeIo {
  const written = { stdout: '', stderr: '' };
  const abort = new AbortController();
  return {
    written,
    abort,
    stdout: async (text) => void (written.stdout += text),
    stderr: (text) => void (written.stderr += text),
    isOutputClosed: false,
    isTerminal: false,
    isColoured: false,
    columns: 100,
    signal: abort.signal,
    ...parts,
  };
}
