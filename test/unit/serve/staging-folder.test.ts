/** A host that ends while a file is being begun leaves nothing of it behind. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StagingFolder } from '../../../shared/serve/staging-folder.ts';

/** The folder of a drop is made when the test lets it. */
const { reached, release, held } = vi.hoisted(() => {
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  return { reached, release, held: (): Promise<void> => (reach(), released) };
});
vi.mock('node:fs/promises', async (original) => {
  const files = await original<typeof import('node:fs/promises')>();
  return { ...files, mkdir: (...args: Parameters<typeof files.mkdir>) => held().then(() => files.mkdir(...args)) };
});

let parent: string;
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'faultline-staging-test-'))));
afterEach(() => rmSync(parent, { recursive: true }));

it('is gone with what was on its way into it', async () => {
  const staging = new StagingFolder(parent, async () => 1_000_000_000);
  const order = { batch: 'drop', segments: ['a.log'], sizeBytes: 1, modifiedMs: undefined };
  const written = staging.write({ ...order, content: Readable.from(['a']) });
  await reached;
  expect(readdirSync(parent)).toHaveLength(1);
  const removed = staging.remove();
  // Time enough for a removal that waits for nobody.
  for (let turn = 0; turn < 100 && readdirSync(parent).length > 0; turn++)
    await new Promise((resolve) => setImmediate(resolve));
  release();
  await expect(written).rejects.toMatchObject({ status: 503 });
  await removed;
  expect(readdirSync(parent)).toEqual([]);
  await expect(staging.write({ ...order, content: Readable.from(['a']) })).rejects.toMatchObject({ status: 503 });
});
