/**
 * A long hostile line takes time in proportion to its length, whichever importer meets it. Time is that of
 * this thread alone, so that a busy machine does not matter; what is quadratic takes many seconds.
 */
import { expect, it } from 'vitest';
import { importers } from '../../../shared/importers/index.ts';
import { headOf, importBytes } from '../../support/import-file.ts';

const LINE_BYTES = 64 * 1024;
const MOST_MS = 1_500;
/** What scanners and patterns stumble over: brackets never closed, separators without values, beginnings of frames. */
const PIECES = [
  '(',
  '[a] ',
  '{"a":1} ',
  'a{b="c",',
  'k="v ',
  ',',
  '\\',
  '1',
  'a.',
  '2024-01-01T00:00:00Z ',
  '\u001b[31m',
  '<',
];
/** Their readers treat every break of the syntax as an error object, which is slow but in proportion. */
const YAML_BYTES = 16 * 1024;
const READS_YAML = /^(?:change-|kubernetes)/;

it.each(importers.map((importer) => [importer.id, importer] as const))(
  '%s',
  { timeout: 60_000 },
  async (id, importer) => {
    const slow: string[] = [];
    for (const piece of PIECES) {
      const bytes = new TextEncoder().encode(
        `${piece.repeat((READS_YAML.test(id) ? YAML_BYTES : LINE_BYTES) / piece.length)}\n`,
      );
      const before = process.threadCpuUsage();
      importer.recognise(headOf(bytes, 'file'));
      await importBytes(importer, bytes);
      const { user, system } = process.threadCpuUsage(before);
      const ms = (user + system) / 1000;
      if (ms > MOST_MS) slow.push(`${JSON.stringify(piece)}: ${Math.round(ms)} ms`);
    }
    expect(slow).toEqual([]);
  },
);
