/**
 * Golden cases of importers: `importer/<folder of the importer>/<case>/` holds what somebody hands over (`input.*`, or
 * `generate.mjs` for what is too large to keep) and `expected.txt`, what is read from it, as text. A generated input is
 * compared by counts and a hash. `npm run test:golden -- --update` rewrites the text; review reads the difference. The
 * inputs were written for these tests (Apache-2.0, like the rest).
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Utf8TextsReader } from '../../shared/base/utf8-texts.ts';
import { createRandom, type Random } from '../../shared/base/random.ts';
import type { Importer } from '../../shared/importers/importer.ts';
import { importers } from '../../shared/importers/index.ts';
import { recogniseFile } from '../../shared/importers/recognise.ts';
import type { RecordBatch } from '../../shared/model/record-batch.ts';
import { formatUnixNano, unixNano } from '../../shared/model/time.ts';
import { headOf, importBytes, type ImportedFile } from '../support/import-file.ts';

const root = join(import.meta.dirname, 'importer');
const cases = readdirSync(root).flatMap((plugIn) =>
  readdirSync(join(root, plugIn)).map((name) => [plugIn, name] as const),
);

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

/** With texts in place of bytes. */
function readable(batch: RecordBatch): object {
  if (batch.kind !== 'spans') return batch;
  const texts = new Utf8TextsReader(batch.attributesJson);
  return { ...batch, attributesJson: Array.from(batch.attributesJson.ends, (_, i) => texts.at(i)) };
}

function batchText(batch: RecordBatch): string {
  return Object.entries(plain(readable(batch)) as Record<string, unknown>)
    .map(([key, value]) => {
      if (!Array.isArray(value) || value.length === 0) return `${key}: ${JSON.stringify(value)}\n`;
      return `${key}:\n${value.map((item) => `  ${JSON.stringify(item)}\n`).join('')}`;
    })
    .join('');
}

/** Warnings, repeats and records without a table, where there are any. */
function remarksText(file: ImportedFile): string {
  const duplicates = file.duplicates > 0 ? `duplicates: ${file.duplicates}\n` : '';
  return duplicates + file.warnings.map((warning) => `warning: ${warning}\n`).join('');
}

function recordsText(file: ImportedFile): string {
  const batches = file.batches.map((batch) => `\n${batchText(batch)}`).join('');
  return batches === '' ? 'no records\n' : batches;
}

/** What is said of a file too large to be read by people. */
function summaryText(file: ImportedFile): string {
  const times = file.batches.flatMap(timesOf);
  const [first, last] = times.reduce(
    ([low, high], time) => [time < low ? time : low, time > high ? time : high],
    [times[0]!, times[0]!],
  );
  const counts = Object.entries(file.records).filter(([, count]) => count > 0);
  const lines = [
    ...counts.map(([kind, count]) => `${kind}: ${count}`),
    `rejected: ${file.rejected.length}`,
    `first: ${formatUnixNano(unixNano(first))}`,
    `last: ${formatUnixNano(unixNano(last))}`,
    `sha256: ${createHash('sha256').update(recordsText(file)).digest('hex')}`,
  ];
  return `\n${lines.join('\n')}\n`;
}

function timesOf(batch: RecordBatch): bigint[] {
  if (batch.kind === 'spans') return [...batch.startTimeUnixNano];
  if (batch.kind === 'logs' || batch.kind === 'metrics') return [...batch.timeUnixNano];
  if (batch.kind !== 'objects') return [];
  return [...(batch.alerts ?? []), ...(batch.changes ?? []), ...(batch.events ?? [])].map((item) => item.startTime);
}

async function importerOf(plugIn: string): Promise<Importer> {
  const url = new URL(`../../shared/importers/${plugIn}/index.ts`, import.meta.url);
  const exported = Object.values((await import(url.href)) as Record<string, unknown>);
  const importer = importers.find((candidate) => exported.includes(candidate));
  expect(importer, `${plugIn} is listed in shared/importers/index.ts`).toBeDefined();
  return importer!;
}

interface GoldenInput {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isGenerated: boolean;
}
async function inputOf(folder: string): Promise<GoldenInput> {
  const generator = join(folder, 'generate.mjs');
  if (existsSync(generator)) {
    const { path, generate } = (await import(generator)) as { path: string; generate: (random: Random) => string };
    return { path, bytes: new TextEncoder().encode(generate(createRandom('golden'))), isGenerated: true };
  }
  const path = readdirSync(folder).find((file) => file.startsWith('input'));
  expect(path, `${folder} holds an input`).toBeDefined();
  return { path: path!, bytes: new Uint8Array(readFileSync(join(folder, path!))), isGenerated: false };
}

describe('importers, golden', () => {
  it.each(cases)('%s/%s', async (plugIn, name) => {
    const folder = join(root, plugIn, name);
    const importer = await importerOf(plugIn);
    const { path, bytes, isGenerated } = await inputOf(folder);
    const recognised = recogniseFile(headOf(bytes, path));
    // An empty document may say too little about itself; then the importer is asked as if the user had named it.
    if (name !== 'empty') expect(recognised?.importer.id).toBe(importer.id);
    const file = await importBytes(importer, bytes, { path });
    const title = recognised ? `${recognised.importer.id}: ${recognised.reason}\n` : 'not recognised\n';
    const records = isGenerated ? summaryText(file) : recordsText(file);
    await expect(title + remarksText(file) + records).toMatchFileSnapshot(join(folder, 'expected.txt'));
    if (!isGenerated) return;
    // Chunks that cut records in other places give the same records.
    const again = await importBytes(importer, bytes, { path, chunkBytes: 4_093 });
    expect(summaryText(again)).toBe(summaryText(file));
  });
});
