import { describe, expect, it } from 'vitest';
import { CommandQueue } from '../../../electron/main/command-queue.ts';
import type { HostCommand } from '../../../shared/contract/host-contract.ts';

const open = (name: string): HostCommand => ({ type: 'openCase', caseFile: `/${name}.faultline` });

function listen(queue: CommandQueue) {
  const abort = new AbortController();
  const heard: HostCommand[] = [];
  const over = (async () => {
    for await (const { event } of queue.follow({ signal: abort.signal })) heard.push(event);
  })();
  return { heard, over, abort };
}
/** Lets everything that is due run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the commands of a window', () => {
  it('wait until the page listens, and are told once and in order', async () => {
    const queue = new CommandQueue();
    queue.push(open('a'));
    queue.push(open('b'));
    const page = listen(queue);
    await settled();
    queue.push(open('c'));
    await settled();
    expect(page.heard).toEqual([open('a'), open('b'), open('c')]);
    page.abort.abort();
    await page.over;
    const reloaded = listen(queue);
    await settled();
    expect(reloaded.heard).toEqual([]);
    reloaded.abort.abort();
    await reloaded.over;
  });

  it('go to the page that listens now; an earlier one is told that it is over', async () => {
    const queue = new CommandQueue();
    const before = listen(queue);
    await settled();
    const now = listen(queue);
    await before.over;
    queue.push(open('a'));
    await settled();
    expect([before.heard, now.heard]).toEqual([[], [open('a')]]);
    now.abort.abort();
    await now.over;
  });

  it('that come after a page has gone wait for the next', async () => {
    const queue = new CommandQueue();
    const gone = listen(queue);
    await settled();
    gone.abort.abort();
    await gone.over;
    queue.push(open('a'));
    const page = listen(queue);
    await settled();
    expect(page.heard).toEqual([open('a')]);
    page.abort.abort();
    await page.over;
  });

  it('are forgotten from the oldest on when nobody ever listens', async () => {
    const queue = new CommandQueue();
    for (let i = 0; i < 100; i++) queue.push(open(String(i)));
    const page = listen(queue);
    await settled();
    await settled();
    expect(page.heard).toEqual(Array.from({ length: 64 }, (_, i) => open(String(36 + i))));
    page.abort.abort();
    await page.over;
  });
});
