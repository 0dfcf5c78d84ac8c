import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ParserProcedures, ReaderProcedures } from '../../../../shared/engine/workers/contract.ts';
import { ThreadSlot, WorkerThread } from '../../../../shared/engine/workers/worker-thread.ts';

const start = (): WorkerThread<ReaderProcedures, never> =>
  new WorkerThread({ role: 'reader', caseFile: '/nowhere/at/all.case' });

it('passes an expected failure on with its code', async () => {
  const thread = start();
  await expect(thread.client.call('info', null)).rejects.toMatchObject({ code: 'not_found' });
  expect(thread.hasEnded).toBe(false);
  await thread.terminate();
});

it('fails what a vanished thread owes, and every later call, with a sentence', async () => {
  const thread = start();
  const owed = thread.client.call('info', null);
  await Promise.all([expect(owed).rejects.toMatchObject({ code: 'unavailable' }), thread.terminate()]);
  await expect(thread.client.call('files', null)).rejects.toThrow(/reader thread ended unexpectedly/);
});

it('is replaced by the slot it was taken from', async () => {
  const slot = new ThreadSlot(start);
  const first = slot.get();
  expect(slot.get()).toBe(first);
  await first.terminate();
  expect(slot.current).toBeUndefined();
  const second = slot.get();
  expect(second).not.toBe(first);
  await expect(second.client.call('info', null)).rejects.toMatchObject({ code: 'not_found' });
  await second.terminate();
});

it.runIf(process.platform === 'linux')(
  'gives way to the threads that answer people, when it is long work',
  async () => {
    const priorityOf = (thread: string): number =>
      Number(
        readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')[16],
      );
    const threads = (): string[] => readdirSync('/proc/self/task');
    const before = new Set(threads());
    const parser = new WorkerThread<ParserProcedures, never>({ role: 'parser', givesWay: true });
    const reader = start();
    await expect(reader.client.call('info', null)).rejects.toMatchObject({ code: 'not_found' });
    await expect
      .poll(() =>
        threads()
          .filter((thread) => !before.has(thread))
          .map(priorityOf),
      )
      .toContain(10);
    expect(
      threads()
        .filter((thread) => !before.has(thread))
        .map(priorityOf),
    ).toContain(0);
    await Promise.all([parser.terminate(), reader.terminate()]);
  },
);
