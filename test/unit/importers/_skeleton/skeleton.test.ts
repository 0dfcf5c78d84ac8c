import { describe, expect, it } from 'vitest';
import { skeletonImporter } from '../../../../shared/importers/_skeleton/index.ts';
import type { FileHead, ImportContext } from '../../../../shared/importers/importer.ts';
import { importers } from '../../../../shared/importers/index.ts';
import type { LogBatch } from '../../../../shared/model/log-record.ts';
import type { RecordBatch, RejectedBatch } from '../../../../shared/model/record-batch.ts';

const context: ImportContext = {
  path: 'pulse.txt',
  fileTime: undefined,
  warn: () => undefined,
  countDuplicates: () => undefined,
  countOther: () => undefined,
  throwIfCancelled: () => undefined,
  options: {},
};

async function read(
  text: string,
): Promise<{ readonly logs: readonly LogBatch[]; readonly rejected: readonly RejectedBatch[] }> {
  const batches: RecordBatch[] = [];
  for await (const batch of skeletonImporter.parse([new TextEncoder().encode(text)], context)) batches.push(batch);
  return {
    logs: batches.filter((batch) => batch.kind === 'logs'),
    rejected: batches.filter((batch) => batch.kind === 'rejected'),
  };
}

function head(text: string): FileHead {
  return { bytes: new TextEncoder().encode(text), text, path: 'x', isWhole: true };
}

describe('the importer skeleton', () => {
  it('reads what it recognises', async () => {
    const text = '#pulse 1\n2026-06-23T09:45:00Z checkout payment took 3 s\n';
    expect(skeletonImporter.recognise(head(text)).confidence).toBeGreaterThan(0.9);
    const { logs, rejected } = await read(text);
    expect(rejected).toEqual([]);
    expect(logs.map((batch) => batch.body)).toEqual([['payment took 3 s']]);
    // 2026-06-23T09:45:00Z, counted by `date -u -d … +%s`.
    expect(logs[0]?.timeUnixNano[0]).toBe(1_782_207_900_000_000_000n);
    expect(logs[0]?.resources[0]?.entity).toEqual({ type: 'service', name: 'checkout' });
  });

  it('gives nothing for an empty file', async () => {
    expect(await read('')).toEqual({ logs: [], rejected: [] });
    expect(skeletonImporter.recognise(head('')).confidence).toBe(0);
  });

  it('keeps damaged lines with their position', async () => {
    const { logs, rejected } = await read('#pulse 1\nnot a time at all\n2026-06-23T09:45:00Z checkout ok\n');
    expect(logs.map((batch) => batch.length)).toEqual([1]);
    expect(rejected[0]?.records).toMatchObject([{ line: 2, byteOffset: 9, excerpt: 'not a time at all' }]);
  });

  it('hands out batches of bounded size, in order', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `2026-06-23T09:45:00Z checkout message ${i}`);
    const { logs } = await read(`#pulse 1\n${many.join('\n')}\n`);
    expect(logs.length).toBeGreaterThan(1);
    expect(Math.max(...logs.map((batch) => batch.length))).toBeLessThanOrEqual(10_000);
    expect(logs.flatMap((batch) => batch.body)).toEqual(
      many.map((line) => line.slice('2026-06-23T09:45:00Z checkout '.length)),
    );
  });

  it('is not offered to users', () => {
    expect(importers.map((importer) => importer.id)).not.toContain(skeletonImporter.id);
  });
});
