/** `faultline serve` as a process: what it prints, how it ends, what it says when it cannot. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../build/launch/ensure-built.mjs';
import { startHost } from '../support/start-host.ts';
import type { StartedHost } from '../support/start-host.ts';
import { startFaultline } from '../support/run-faultline.ts';

let folder: string;
let started: StartedHost | undefined;
beforeAll(async () => {
  await ensureBuilt('page');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-serve-cli-'));
});
afterEach(async () => {
  await started?.stop();
  started = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function refusal(...args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  return startFaultline(['serve', '--no-open', ...args], folder).ended;
}

describe('faultline serve', () => {
  it('prints a link that works, and ends with 0 on Ctrl-C', async () => {
    started = await startHost({ folder, caseFile: join(folder, 'new.faultline') });
    expect(started.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const answer = await fetch(started.link, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(`http://127.0.0.1:${started.port}/`, { headers: { cookie } });
    expect(await page.text()).toContain('<div id="root">');
    started.process.kill('SIGINT');
    expect(await started.ended).toBe(0);
    expect(started.log()).toContain(started.link);
    // The case is a whole file again: no write-ahead log is left beside it.
    expect(readdirSync(folder).sort()).toEqual(['new.faultline', 'recent-cases.json']);
  });

  it('ends with 0 on a polite kill, without a case as well', async () => {
    started = await startHost({ folder });
    expect(await started.stop()).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('shares only when asked, and says so', async () => {
    started = await startHost({ folder });
    expect(started.viewerLinks).toEqual([]);
    await started.stop();
    expect(started.log()).not.toContain('Shared');
    started = await startHost({ folder, args: ['--share', '--address', '127.0.0.1'] });
    expect(started.viewerLinks).toHaveLength(1);
    await started.stop();
    expect(started.log()).toContain('Shared on 127.0.0.1, not encrypted');
    expect(started.log()).toContain(started.viewerLinks[0]);
  });

  it('says which port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await refusal('--port', String(port));
    other.close();
    expect(code).toBe(2);
    expect(stderr).toContain(`Port ${port} is in use.`);
  });

  it.each([
    [['--port', 'x'], '--port x is no whole number'],
    [['--port', '70000'], '--port 70000 is no port'],
    [['--address', '127.0.0.1'], '--address needs --share'],
    [['--share', '--address', 'example.org'], '--address example.org is no IP address'],
    [['--share', '--address', '198.51.100.7'], '198.51.100.7 is no address of this machine'],
    [['bundle.tar.gz'], 'bundle.tar.gz is too much'],
    [['--case', '/no/such/folder/case.faultline'], 'There is no folder /no/such/folder'],
  ])('refuses %j in words', async (args, message) => {
    const { code, stderr } = await refusal(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
