/**
 * A long hostile line takes time in proportion to its length, whichever importer meets it. Time is that of this thread
 * alone, and only how it grows is looked at, so that neither a busy nor a slow machine matters.
 */
import { expect, it } from 'vitest';
import { importers } from '../../../shared/importers/index.ts';
import { growth, LINEAR } from '../../support/growth.ts';
import { headOf, importBytes } from '../../support/import-file.ts';

const LINE_BYTES = 64 * 1024;
/** What takes less at full length is not worth a second look: quadratic work takes many seconds. */
const NO_QUESTION_MS = 500;
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

it.each(importers.map((importer) => [importer.id, importer] as const))('%s', async (id, importer) => {
  const slow: string[] = [];
  for (const piece of PIECES) {
    const read = async (sizeBytes: number): Promise<void> => {
      const bytes = new TextEncoder().encode(`${piece.repeat(sizeBytes / piece.length)}\n`);
      importer.recognise(headOf(bytes, 'file'));
      await importBytes(importer, bytes);
    };
    const before = process.threadCpuUsage();
    await read(READS_YAML.test(id) ? YAML_BYTES : LINE_BYTES);
    const { user, system } = process.threadCpuUsage(before);
    if ((user + system) / 1000 < NO_QUESTION_MS) continue;
    const times = await growth((READS_YAML.test(id) ? YAML_BYTES : LINE_BYTES) / 8, read);
    if (times >= LINEAR) slow.push(`${JSON.stringify(piece)}: ${times.toFixed(1)} times as long`);
  }
  expect(slow).toEqual([]);
});
