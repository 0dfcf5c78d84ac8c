import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stagedPathOf } from '../../../shared/serve/staged-path.ts';
import { StagingFolder, sweepStagingFolders } from '../../../shared/serve/staging-folder.ts';
import { startTestHost } from '../../support/loopback-host.ts';
import type { Answer, TestHost } from '../../support/loopback-host.ts';
import { eventually } from '../../support/eventually.ts';

let test: TestHost;
let cookie: string;
beforeEach(() => start());
afterEach(() => test.close());

async function start(options: Parameters<typeof startTestHost>[0] = {}): Promise<void> {
  test = await startTestHost(options);
  cookie = await test.ownerCookie();
}

function upload(path: string, body: string, more: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const headers = { cookie, origin: test.origin, 'x-faultline-path': path, ...more };
  return test.ask('/upload', { method: 'POST', headers, body });
}
const pathOf = ({ body }: Answer): string => (JSON.parse(body) as { path: string }).path;
/** Every file under the test's folder that is not the planted page, relative to where uploads are staged. */
function stagedFiles(): string[] {
  return readdirSync(test.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(test.folder, 'page')) && !path.endsWith('secret.html'))
    .map((path) => path.slice(test.stagingParent.length + 1).replace(/^[^/]+\/[^/]+\//, ''))
    .sort();
}

describe('an upload', () => {
  it('keeps the structure of what was dropped, and answers what to import', async () => {
    const more = { 'x-faultline-batch': 'drop-1', 'x-faultline-modified': '1700000000000' };
    const first = await upload('bundle/logs/api.log', 'one', more);
    const second = await upload(encodeURIComponent('bundle/größe 1.json'), 'two', more);
    expect(first.status).toBe(200);
    expect(pathOf(second)).toBe(pathOf(first));
    const root = pathOf(first);
    expect(root.endsWith(`${sep}drop-1${sep}bundle`)).toBe(true);
    expect(readFileSync(join(root, 'logs', 'api.log'), 'utf8')).toBe('one');
    expect(readFileSync(join(root, 'größe 1.json'), 'utf8')).toBe('two');
    expect(statSync(join(root, 'logs', 'api.log')).mtimeMs).toBe(1_700_000_000_000);
  });

  it('is for this user only', async () => {
    const path = pathOf(await upload('a.log', 'one'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const name of readdirSync(test.stagingParent)) {
      expect(statSync(join(test.stagingParent, name)).mode & 0o777).toBe(0o700);
    }
  });

  it('never replaces another: the second of a name gets a number', async () => {
    const more = { 'x-faultline-batch': 'drop-1' };
    const paths = [pathOf(await upload('a.log', 'one', more)), pathOf(await upload('a.log', 'two', more))];
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['one', 'two']);
    expect(paths[1]?.endsWith(`${sep}2-a.log`)).toBe(true);
  });

  it.each([
    '../escaped.txt',
    'a/../../escaped.txt',
    '..',
    '..%2Fescaped.txt',
    '%2e%2e%2fescaped.txt',
    '..%5Cescaped.txt',
    'a%2F..%2F..%2F..%2Fescaped.txt',
  ])('does not leave its folder as %s', async (path) => {
    const answer = await upload(path, 'escaped');
    expect(answer).toMatchObject({ status: 400, body: 'The path leads out of its folder.\n' });
    expect(stagedFiles()).toEqual([]);
  });

  it.each([
    ['/etc/passwd', 'etc/passwd'],
    ['C:%5CWindows%5Cwin.ini', 'C_/Windows/win.ini'],
    ['./a/./b.log', 'a/b.log'],
    ['a%00b.log', 'a_b.log'],
    ['nul.txt', '_nul.txt'],
    ['a%0Ab%E2%80%AEgol.exe', 'a_b_gol.exe'],
    ['folder./file.', 'folder_/file_'],
    [`${'n'.repeat(300)}.json.gz`, `${'n'.repeat(192)}.json.gz`],
  ])('named %s is staged as %s', async (path, staged) => {
    expect((await upload(path, 'x')).status).toBe(200);
    expect(stagedFiles()).toEqual([staged]);
  });

  it.each([
    ['', {}],
    ['%', {}],
    ['%ff', {}],
    ['/', {}],
    ['.', {}],
    ['a.log', { 'x-faultline-batch': '../up' }],
    ['a.log', { 'x-faultline-batch': '' }],
    ['a/'.repeat(60), {}],
    ['a'.repeat(9_000), {}],
  ])('is refused with the path %j and headers %j', async (path, more) => {
    expect((await upload(path, 'x', more)).status).toBe(400);
    expect(stagedFiles()).toEqual([]);
  });

  it('is a sentence when a folder has the name of a file', async () => {
    const more = { 'x-faultline-batch': 'drop-1' };
    await upload('a', 'file', more);
    const answer = await upload('a/b', 'inside', more);
    expect(answer).toMatchObject({ status: 409, body: 'A folder of this drop has the name of a file of it.\n' });
  });

  /** The beginning of an upload that never comes to its end. */
  function begin(): { cut: () => void; ended: Promise<unknown> } {
    const headers = { cookie, origin: test.origin, 'x-faultline-path': 'half.log', 'content-length': '1000' };
    const options = { host: '127.0.0.1', port: test.host.port, path: '/upload', method: 'POST', headers };
    const request = httpRequest(options);
    const ended = new Promise((settle) => request.on('close', settle).on('error', () => undefined));
    request.write('the beginning');
    return { cut: () => request.destroy(), ended };
  }

  it('that breaks off leaves nothing', async () => {
    const { cut } = begin();
    await eventually(() => expect(stagedFiles()).toEqual(['half.log']));
    cut();
    await eventually(() => expect(stagedFiles()).toEqual([]));
    expect(test.bugs).toEqual([]);
  });

  it('that says nothing more is ended by the host, and leaves nothing', async () => {
    await test.close();
    await start({ limits: { uploadIdleMs: 200 } });
    await begin().ended;
    await eventually(() => expect(stagedFiles()).toEqual([]));
    expect(test.bugs).toEqual([]);
  });

  it('is gone when the host has ended', async () => {
    const path = pathOf(await upload('bundle/a.log', 'one'));
    await test.host.close();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(test.stagingParent)).toEqual([]);
  });

  it('is only for POST', async () => {
    const answer = await test.ask('/upload', { headers: { cookie, origin: test.origin } });
    expect(answer.status).toBe(405);
  });
});

describe('room on the disk', () => {
  const order = (sizeBytes: number | undefined, content: Readable) => ({
    batch: 'drop',
    segments: ['a.log'],
    sizeBytes,
    modifiedMs: undefined,
    content,
  });

  it('is asked for before the first byte is written', async () => {
    const staging = new StagingFolder(test.stagingParent, async () => 1_000_000_000);
    await expect(staging.write(order(900_000_000, Readable.from([])))).rejects.toMatchObject({ status: 507 });
    expect(readdirSync(test.stagingParent)).toEqual([]);
    await expect(staging.write(order(100_000, Readable.from(['a'])))).resolves.toHaveProperty('root');
    await staging.remove();
  });

  it('is watched while a sender goes on that did not say how much would come', async () => {
    let freeBytes = 1_000_000_000;
    let sentBytes = 0;
    const staging = new StagingFolder(test.stagingParent, async () => freeBytes);
    const chunk = new Uint8Array(8 * 1024 * 1024);
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; sentBytes < 1_000_000_000; sentBytes += chunk.byteLength) {
        yield chunk;
        freeBytes = 100_000_000;
      }
    }
    await expect(staging.write(order(undefined, Readable.from(endless())))).rejects.toMatchObject({ status: 507 });
    expect(sentBytes).toBeLessThan(128 * 1024 * 1024);
    expect(stagedFiles()).toEqual([]);
    await staging.remove();
  });
});

describe('what a killed host left', () => {
  it('is swept up by the next one; what a running one uses is not', async () => {
    // The highest process id Linux gives; no process has it here.
    const dead = join(test.stagingParent, 'faultline-staged-4194304-abc');
    const alive = join(test.stagingParent, `faultline-staged-${process.pid}-abc`);
    const other = join(test.stagingParent, 'somebody-elses');
    for (const folder of [dead, alive, other]) mkdirSync(folder);
    await sweepStagingFolders(test.stagingParent);
    expect([dead, alive, other].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  });
});

describe('stagedPathOf', () => {
  it('stays in its folder, with names every system takes, whatever was asked', () => {
    const segment = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', '', '\\', 'CON', 'a:b'));
    const path = fc.array(segment, { maxLength: 50 }).map((segments) => segments.join('/'));
    fc.assert(
      fc.property(path, (asked) => {
        let encoded: string;
        try {
          encoded = encodeURIComponent(asked);
        } catch {
          return;
        }
        const staged = stagedPathOf(encoded);
        if (typeof staged === 'string') return;
        const full = resolve('/staging/drop', ...staged);
        expect(full.startsWith('/staging/drop/')).toBe(true);
        for (const name of staged) {
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
          expect(name).not.toMatch(/[\u0000-\u001f/\\<>:"|?*]|[. ]$|^(con|nul|aux|prn)(\.|$)/i);
          expect(name).not.toBe('');
        }
      }),
    );
  });
});
