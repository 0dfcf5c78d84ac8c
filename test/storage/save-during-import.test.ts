/** What a person saves while an import runs is stored at once, also between the steps that end it. */
import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createCancelFlag } from '../../shared/engine/workers/cancel-flag.ts';
import type { ParsedMessage } from '../../shared/engine/workers/contract.ts';
import { fileEnd, fileStart, logBatch, spanBatch } from './batches.ts';
import { writerThread } from './in-thread-writer.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();
/** So many that indexes are built afterwards. */
const BYTES_TOTAL = 1e6;

it.each(['indexing', 'full text'])('a setting is saved while the stage is still %s', async (stage) => {
  const writer = writerThread(temporary('saved.case'));
  await writer.call('open', null);
  const order: string[] = [];
  const saved = new Promise<void>((resolve, reject) => {
    writer.onEvent(({ progress }) => {
      if (progress.stage === order.at(-1)) return;
      order.push(progress.stage);
      if (progress.stage !== stage) return;
      writer.call('setSetting', { key: 'place', json: '1' }).then(() => resolve(void order.push('saved')), reject);
    });
  });
  const { port1: port, port2: parser } = new MessageChannel();
  const messages: readonly ParsedMessage[] = [
    { type: 'fileStart', start: fileStart('a') },
    { type: 'batch', batch: logBatch([{ time: 1n, body: 'paid order 1' }]), bytesRead: 50 },
    { type: 'batch', batch: spanBatch([{ id: 1n, start: 1n }]), bytesRead: 100 },
    { type: 'fileEnd', end: fileEnd('a'), bytesRead: 100 },
    { type: 'end' },
  ];
  for (const message of messages) parser.postMessage(message);
  const cancel = createCancelFlag();
  await writer.call('import', { jobId: 'job', ports: [port], bytesTotal: BYTES_TOTAL, cancel });
  await saved;
  expect(order[order.indexOf(stage) + 1]).toBe('saved');
  expect(order.at(-1)).toBe('done');
  await writer.call('close', null);
});
