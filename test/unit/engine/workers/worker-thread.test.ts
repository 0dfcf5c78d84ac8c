import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ParserProcedures, ReaderProcedures } from '../../../../shared/engine/workers/contract.ts';
import { ThreadSlot, WorkerThread } from '../../../../shared/engine/workers/worker-thread.ts';
import { eventually } from '../../../support/eventually.ts';

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
    const threads = (): string[] => readdirSync('/proc/self/task');
    const before = new Set(threads());
    /** Of those that came since. One that goes while it is looked at has none. */
    const priorities = (): number[] =>
      threads().flatMap((thread) => {
        if (before.has(thread)) return [];
        try {
          const status = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
          return [Number(status.replace(/^.*\) /s, '').split(' ')[16])];
        } catch {
          return [];
        }
      });
    const parser = new WorkerThread<ParserProcedures, never>({ role: 'parser', givesWay: true });
    const reader = start();
    await expect(reader.client.call('info', null)).rejects.toMatchObject({ code: 'not_found' });
    await eventually(() => expect(priorities()).toContain(10));
    expect(priorities()).toContain(0);
    await Promise.all([parser.terminate(), reader.terminate()]);
  },
);
