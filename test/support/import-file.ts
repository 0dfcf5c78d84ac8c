/** Runs one importer over bytes in memory and sums up what came out, for tests of importers. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileHead, Importer } from '../../shared/importers/importer.ts';
import type { Alert } from '../../shared/model/alert.ts';
import type { LogBatch } from '../../shared/model/log-record.ts';
import type { MetricBatch } from '../../shared/model/metric.ts';
import type { RecordBatch, RejectedRecord } from '../../shared/model/record-batch.ts';
import type { SpanBatch } from '../../shared/model/span.ts';
import { unixNano, type UnixNano } from '../../shared/model/time.ts';

export interface ImportedFile {
  readonly batches: readonly RecordBatch[];
  readonly spans: readonly SpanBatch[];
  readonly logs: readonly LogBatch[];
  readonly metrics: readonly MetricBatch[];
  readonly alerts: readonly Alert[];
  readonly rejected: readonly RejectedRecord[];
  readonly records: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly warnings: readonly string[];
}

/** Modification time given to importers unless a test says otherwise: 2025-01-01T00:00:00Z. */
export const TEST_FILE_TIME: UnixNano = unixNano(1_735_689_600_000_000_000n);

export function* chunksOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  // Copies, so that an importer that keeps a borrowed chunk is found out.
  for (let from = 0; from < bytes.length; from += size) {
    const chunk = bytes.slice(from, from + size);
    yield chunk;
    chunk.fill(0x23);
  }
}

export async function importBytes(
  importer: Importer,
  bytes: Uint8Array,
  options: {
    readonly path?: string;
    readonly chunkBytes?: number;
    readonly fileTime?: UnixNano | undefined;
    /** What a user would give with the import. */
    readonly importOptions?: Readonly<Record<string, string>>;
  } = {},
): Promise<ImportedFile> {
  const batches: RecordBatch[] = [];
  const records: Record<string, number> = {};
  const warnings: string[] = [];
  let duplicates = 0;
  const count = (key: string, n: number) => (records[key] = (records[key] ?? 0) + n);
  const context = {
    path: options.path ?? 'file',
    fileTime: 'fileTime' in options ? options.fileTime : TEST_FILE_TIME,
    warn: (text: string) => void (warnings.includes(text) || warnings.push(text)),
    countDuplicates: (n: number) => void (duplicates += n),
    countOther: count,
    throwIfCancelled: () => undefined,
    options: options.importOptions ?? {},
  };
  for await (const batch of importer.parse(chunksOf(bytes, options.chunkBytes ?? 65_536), context)) batches.push(batch);
  for (const batch of batches) {
    if (batch.kind === 'spans') count('spans', batch.length);
    else if (batch.kind === 'logs') count('logRecords', batch.length);
    else if (batch.kind === 'metrics') count('metricPoints', batch.length);
    else if (batch.kind === 'objects') {
      for (const key of ['alerts', 'changes', 'events', 'entities', 'edges'] as const)
        count(key, batch[key]?.length ?? 0);
    }
  }
  return {
    batches,
    spans: batches.filter((b) => b.kind === 'spans'),
    logs: batches.filter((b) => b.kind === 'logs'),
    metrics: batches.filter((b) => b.kind === 'metrics'),
    alerts: batches.flatMap((b) => (b.kind === 'objects' ? (b.alerts ?? []) : [])),
    rejected: batches.flatMap((b) => (b.kind === 'rejected' ? b.records : [])),
    records,
    duplicates,
    warnings,
  };
}

export function importText(importer: Importer, text: string, chunkBytes?: number): Promise<ImportedFile> {
  return importBytes(importer, new TextEncoder().encode(text), chunkBytes === undefined ? {} : { chunkBytes });
}

export function headOf(bytes: Uint8Array, path: string): FileHead {
  const head = bytes.subarray(0, 65_536);
  return { bytes: head, text: new TextDecoder().decode(head), path, isWhole: head.length === bytes.length };
}

/** The shared material beside the repository; undefined where it is not to be had. */
export function sharedFolder(...parts: readonly string[]): string | undefined {
  const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
  const folder = join(repository, '..', 'shared', ...parts);
  return existsSync(folder) ? folder : undefined;
}

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly kind: string;
  /** Records there are, null when nobody counted. */
  readonly records: number | null;
  readonly services: readonly string[] | null;
  readonly timeRange: { readonly from: string; readonly to: string } | null;
}

/** The files of one folder of samples with what their index says of them. */
export function samplesOf(folder: string): readonly Sample[] {
  const index = JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) as {
    files: Record<string, { expected: Omit<Sample, 'name' | 'bytes'> }>;
  };
  return Object.entries(index.files)
    .filter(([name]) => existsSync(join(folder, name)))
    .map(([name, { expected }]) => ({ ...expected, name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}
