/**
 * Golden cases of importers: `importer/<id>/<case>/input.*` is what somebody hands over, `expected.txt` what is read from
 * it, as text. `npm run test:golden -- --update` rewrites the text; review reads the difference. The inputs were written
 * for these tests (Apache-2.0, like the rest).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recogniseFile } from '../../shared/importers/recognise.ts';
import type { RecordBatch } from '../../shared/model/record-batch.ts';
import { formatUnixNano, unixNano } from '../../shared/model/time.ts';
import { headOf, importBytes } from '../support/import-file.ts';

const root = join(import.meta.dirname, 'importer');
const cases = readdirSync(root).flatMap((id) => readdirSync(join(root, id)).map((name) => [id, name] as const));

/** Data as people read it: members in sorted order, ids in hex, times in RFC 3339. */
function plain(value: unknown, key = ''): unknown {
  if (typeof value === 'bigint') {
    return key.endsWith('Id') ? value.toString(16).padStart(16, '0') : formatUnixNano(unixNano(value));
  }
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    return Array.from(value as unknown as ArrayLike<unknown>, (item) => plain(item, key));
  }
  if (typeof value !== 'object' || value === null) return Number.isNaN(value) ? 'NaN' : value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, plain(member, name)]),
  );
}

function batchText(batch: RecordBatch): string {
  return Object.entries(plain(batch) as Record<string, unknown>)
    .map(([key, value]) => {
      if (!Array.isArray(value) || value.length === 0) return `${key}: ${JSON.stringify(value)}\n`;
      return `${key}:\n${value.map((item) => `  ${JSON.stringify(item)}\n`).join('')}`;
    })
    .join('');
}

describe('importers, golden', () => {
  it.each(cases)('%s/%s', async (id, name) => {
    const folder = join(root, id, name);
    const input = readdirSync(folder).find((file) => file.startsWith('input'));
    expect(input, `${folder} holds an input`).toBeDefined();
    const bytes = readFileSync(join(folder, input!));
    const recognised = recogniseFile(headOf(bytes, input!));
    let text = recognised ? `${recognised.importer.id}: ${recognised.reason}\n` : 'not recognised\n';
    if (recognised) {
      expect(recognised.importer.id).toBe(id);
      const file = await importBytes(recognised.importer, bytes, { path: input! });
      for (const batch of file.batches) text += `\n${batchText(batch)}`;
    }
    await expect(text).toMatchFileSnapshot(join(folder, 'expected.txt'));
  });
});
