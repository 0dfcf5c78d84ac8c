import { describe, expect, it } from 'vitest';
import { analysisText } from '../../../shared/cli/analysis-text.ts';
import type { CliIo } from '../../../shared/cli/cli-io.ts';
import { main } from '../../../shared/cli/cli.ts';
import { importText } from '../../../shared/cli/import-text.ts';
import { sampleInvestigation } from '../../support/sample-investigation.ts';

// Moves the cursor, clears the screen, sets the title, C1 form of the same, reversed writing.
const HOSTILE = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp.exe\r\u0008';
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

function recordingIo(): CliIo & { readonly written: string[] } {
  const written: string[] = [];
  return {
    written,
    stdout: (text) => Promise.resolve(void written.push(text)),
    stderr: (text) => void written.push(text),
    isOutputClosed: false,
    isTerminal: false,
    isColoured: false,
    columns: 100,
    signal: new AbortController().signal,
  };
}

describe('text for a terminal', () => {
  it('holds no control character of the bundle in an analysis', () => {
    const text = analysisText(sampleInvestigation(HOSTILE).result, recordingIo());
    expect(text).toContain('inventory');
    expect(text).not.toMatch(UNSAFE);
  });
  it('holds none in an import report', () => {
    const { files } = sampleInvestigation(HOSTILE);
    const totals = { records: { spans: 1 }, rejected: 0, duplicates: 0, timeRange: null };
    const text = importText({ files, totals, entities: [], seconds: 1, bytes: 1 }, recordingIo());
    expect(text).toContain('traces');
    expect(text).not.toMatch(UNSAFE);
  });
  it('holds none in an error message', async () => {
    const io = recordingIo();
    expect(await main(['investigate', `/nowhere/${HOSTILE}`], io)).toBe(2);
    expect(io.written.join('')).toContain('/nowhere/');
    expect(io.written.join('')).not.toMatch(UNSAFE);
  });
});
