import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measurePaths, openIntake } from '../../../../shared/engine/intake/open-intake.ts';
import type { IntakeFile, IntakeLimits } from '../../../../shared/engine/intake/open-intake.ts';
import { signTarHeader, tarOf, zipOf } from '../../../support/archive-builder.ts';

interface Seen {
  readonly path: string;
  readonly text: string;
  readonly problems: readonly string[];
  readonly kind: IntakeFile['kind'];
}

let folder: string;
/** A temporary folder of the machine that no other test writes to. */
let machineFolder: string;
const machineFolderBefore = process.env['TMPDIR'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intake-test-'));
  machineFolder = mkdtempSync(join(tmpdir(), 'intake-test-tmp-'));
  process.env['TMPDIR'] = machineFolder;
});
afterEach(() => {
  if (machineFolderBefore === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = machineFolderBefore;
  for (const made of [folder, machineFolder]) rmSync(made, { recursive: true, force: true });
});

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function readAll(paths: readonly string[], limits?: Partial<IntakeLimits>): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const file of openIntake(paths, limits, new AbortController().signal)) {
    const parts: Uint8Array[] = [];
    for await (const chunk of file.chunks()) parts.push(chunk.slice());
    const text = Buffer.concat(parts).toString();
    const path = file.path.replaceAll(`${folder}/`, '');
    seen.push({ path, text, problems: [...file.problems], kind: file.kind });
  }
  return seen;
}

const texts = (seen: readonly Seen[]): Record<string, string> =>
  Object.fromEntries(seen.filter((file) => file.kind === 'file').map(({ path, text }) => [path, text]));
const problems = (seen: readonly Seen[]): string[] => seen.flatMap((file) => file.problems);

const LINES = Array.from({ length: 40_000 }, (_, index) => `line ${index} ${(index * 7919) % 10_007}\n`).join('');

describe('openIntake', () => {
  it('walks folders in the order of names, whatever the order of making', async () => {
    mkdirSync(join(folder, 'bundle/b/c'), { recursive: true });
    for (const name of ['bundle/z.log', 'bundle/a.log', 'bundle/b/c/deep.log', 'bundle/B.log']) put(name, name);
    const seen = await readAll([join(folder, 'bundle/')]);
    expect(seen.map((file) => file.path)).toEqual([
      'bundle/B.log',
      'bundle/a.log',
      'bundle/b/c/deep.log',
      'bundle/z.log',
    ]);
  });

  it('follows no link out of a folder and opens no pipe', async () => {
    mkdirSync(join(folder, 'bundle'));
    put('secret.txt', 'secret');
    put('bundle/own.log', 'own');
    symlinkSync('../secret.txt', join(folder, 'bundle/leak'));
    symlinkSync('own.log', join(folder, 'bundle/inner'));
    symlinkSync('.', join(folder, 'bundle/loop'));
    execFileSync('mkfifo', [join(folder, 'bundle/pipe')]);
    const seen = await readAll([join(folder, 'bundle')]);
    expect(texts(seen)).toEqual({ 'bundle/own.log': 'own' });
    expect(seen.filter((file) => file.kind === 'skipped').map(({ path, problems: [text] }) => [path, text])).toEqual([
      ['bundle/leak', expect.stringMatching(/leads out/)],
      ['bundle/pipe', expect.stringMatching(/pipe/)],
    ]);
  });

  it.each(['missing.log', '/dev/null', 'file.log/below'])(
    'says before reading that %s cannot be imported',
    async (name) => {
      put('file.log', 'x');
      const path = name.startsWith('/') ? name : join(folder, name);
      await expect(readAll([path])).rejects.toMatchObject({
        name: 'EngineError',
        message: expect.stringContaining(path),
      });
    },
  );

  it('opens by content whatever the name says', async () => {
    const seen = await readAll([
      put('a.txt', gzipSync('gz')),
      put('b.gz', 'plain'),
      put('c.json', zipOf([{ name: 'in', content: 'zip' }])),
    ]);
    expect(texts(seen)).toEqual({ 'a.txt': 'gz', 'b.gz': 'plain', 'c.json!/in': 'zip' });
    expect(problems(seen)).toEqual([]);
  });

  it('opens archives inside archives inside archives', async () => {
    const innermost = zstdCompressSync(tarOf([{ name: './d/leaf.log', content: LINES }]));
    const zip = zipOf([
      { name: 'in.tar.zst', content: innermost },
      { name: 'x.log', content: 'x' },
    ]);
    const seen = await readAll([
      put(
        'all.tar.gz',
        gzipSync(
          tarOf([
            { name: 'host/in.zip', content: zip },
            { name: 'z.log.gz', content: gzipSync('z') },
          ]),
        ),
      ),
    ]);
    expect(texts(seen)).toEqual({
      'all.tar.gz!/host/in.zip!/in.tar.zst!/d/leaf.log': LINES,
      'all.tar.gz!/host/in.zip!/x.log': 'x',
      'all.tar.gz!/z.log.gz': 'z',
    });
    expect(readdirSync(machineFolder)).toEqual([]);
  });

  it('reads several gzip members and several zstd frames as one', async () => {
    const seen = await readAll([
      put('a', Buffer.concat([gzipSync('one '), gzipSync('two')])),
      put('b', Buffer.concat([zstdCompressSync('one '), zstdCompressSync('two')])),
    ]);
    expect(texts(seen)).toEqual({ a: 'one two', b: 'one two' });
  });

  it.skipIf(!existsSync('/usr/bin/xz'))('reads xz, several streams of it, and xz inside xz', async () => {
    const xz = (input: Uint8Array | string): Buffer => execFileSync('xz', ['-c', '-T1'], { input, maxBuffer: 1 << 26 });
    const inner = xz(tarOf([{ name: 'leaf.log', content: LINES }]));
    const outer = xz(
      tarOf([
        { name: 'sos.tar.xz', content: inner },
        { name: 'other.log', content: 'other' },
      ]),
    );
    const seen = await readAll([put('two.xz', Buffer.concat([xz('one '), xz('two')])), put('nest.tar.xz', outer)]);
    expect(texts(seen)).toEqual({
      'two.xz': 'one two',
      'nest.tar.xz!/other.log': 'other',
      'nest.tar.xz!/sos.tar.xz!/leaf.log': LINES,
    });
    expect(problems(seen)).toEqual([]);
    const cut = await readAll([put('cut.xz', xz(LINES).subarray(0, -2_000))]);
    expect(problems(cut)).toEqual([expect.stringMatching(/xz data is damaged or cut short/)]);
  });

  it('keeps names inside the archive and tells of those that tried to leave', async () => {
    const names = [
      '../../etc/passwd',
      '/abs/olute',
      'C:\\win\\dows',
      '..\\..\\evil.txt',
      'fine/../still',
      'a\u001b[2Jb',
    ];
    const seen = await readAll([put('slip.tar', tarOf(names.map((name) => ({ name, content: name }))))]);
    const members = seen.filter((file) => file.kind === 'file');
    expect(members.map((file) => file.path)).toEqual([
      'slip.tar!/etc/passwd',
      'slip.tar!/abs/olute',
      'slip.tar!/win/dows',
      'slip.tar!/evil.txt',
      'slip.tar!/fine/still',
      'slip.tar!/a\ufffd[2Jb',
    ]);
    expect(members.map((file) => file.problems.length)).toEqual([1, 1, 1, 1, 1, 0]);
    const zipped = await readAll([
      put(
        'slip.zip',
        zipOf([
          { name: '../../evil', content: 'e' },
          { name: 'good', content: 'g' },
        ]),
      ),
    ]);
    expect(texts(zipped)).toEqual({ 'slip.zip!/evil': 'e', 'slip.zip!/good': 'g' });
  });

  it('counts links, devices and encrypted members instead of reading them', async () => {
    const tar = tarOf([
      { name: 'real.log', content: 'real' },
      { name: 'sym', flag: '2', linkName: '/etc/passwd' },
      { name: 'hard', flag: '1', linkName: 'real.log' },
      { name: 'dev', flag: '3' },
      { name: 'dir/', flag: '5' },
    ]);
    const zip = zipOf([
      { name: 'link', mode: 0o120777, content: '/etc/passwd' },
      { name: 'locked', isEncrypted: true, content: 'x' },
    ]);
    const seen = await readAll([put('a.tar', tar), put('b.zip', zip)]);
    expect(texts(seen)).toEqual({ 'a.tar!/real.log': 'real' });
    const told = problems(seen).join('\n');
    for (const word of ['1 symbolic link', '1 hard link', '1 devices', '1 encrypted', 'holds no files'])
      expect(told).toContain(word);
  });

  it('reads long names of GNU tar and pax', async () => {
    const long = `${'deep/'.repeat(40)}file.log`;
    const pax = (key: string, value: string): string => {
      const rest = ` ${key}=${value}\n`;
      let length = rest.length + 2;
      while (`${length}${rest}`.length !== length) length++;
      return `${length}${rest}`;
    };
    const tar = tarOf([
      { name: '././@LongLink', flag: 'L', content: `${long}\0` },
      { name: 'cut', content: 'gnu' },
      { name: 'PaxHeader', flag: 'x', content: pax('path', `p/${long}`) + pax('mtime', '1700000000.25') },
      { name: 'cut', content: 'pax' },
      { name: 'short', content: 'plain' },
    ]);
    expect(texts(await readAll([put('n.tar', tar)]))).toEqual({
      [`n.tar!/${long}`]: 'gnu',
      [`n.tar!/p/${long}`]: 'pax',
      'n.tar!/short': 'plain',
    });
  });

  it('keeps what came before a cut, at every layer', async () => {
    const tar = tarOf([
      { name: 'first.log', content: 'first' },
      { name: 'second.log', content: LINES },
    ]);
    const cutTar = await readAll([put('cut.tar', tar.subarray(0, 5_000))]);
    expect(texts(cutTar)['cut.tar!/first.log']).toBe('first');
    expect(LINES.startsWith(texts(cutTar)['cut.tar!/second.log'] ?? 'none')).toBe(true);
    expect(problems(cutTar).join()).toMatch(/cut short/);
    for (const [name, packed] of [
      ['cut.tar.gz', gzipSync(tar)],
      ['cut.tar.zst', zstdCompressSync(tar)],
    ] as const) {
      const seen = await readAll([put(name, packed.subarray(0, Math.floor(packed.length * 0.9)))]);
      expect(texts(seen)[`${name}!/first.log`]).toBe('first');
      const second = texts(seen)[`${name}!/second.log`] ?? '';
      expect(second.length).toBeGreaterThan(LINES.length / 3);
      expect(LINES.startsWith(second)).toBe(true);
      expect(problems(seen).join()).toMatch(/cut short/);
    }
    const zip = zipOf([{ name: 'a', content: LINES }]);
    expect(problems(await readAll([put('cut.zip', zip.subarray(0, -30))])).join()).toMatch(/zip archive is damaged/);
  });

  it('keeps what came before a damaged tar header and says where it stopped', async () => {
    const tar = tarOf([
      { name: 'a', content: 'a' },
      { name: 'b', content: 'b' },
      { name: 'c', content: 'c' },
    ]);
    tar.fill(0xff, 1024, 1100);
    const seen = await readAll([put('hurt.tar', tar), put('next.log', 'next')]);
    expect(texts(seen)).toEqual({ 'hurt.tar!/a': 'a', 'next.log': 'next' });
    expect(problems(seen)).toEqual([expect.stringMatching(/after byte 1024 could not be read/)]);
  });

  it('ends whatever a tar header claims, and goes on with the next file', async () => {
    const tar = tarOf([
      { name: 'a', content: 'a' },
      { name: 'b', content: LINES },
      { name: 'c', flag: 'x', content: '20 size=-1\n' },
      { name: 'd', content: 'd' },
    ]);
    const next = put('next.log', 'next');
    const headers = [1024, 1024 + 512 * (1 + Math.ceil(LINES.length / 512))];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...headers),
        fc.array(fc.tuple(fc.nat({ max: 511 }), fc.nat({ max: 255 })), { maxLength: 3 }),
        fc.constantFrom(undefined, 0x80, 0x81, 0xff),
        async (offset, changes, firstSizeByte) => {
          const hurt = Buffer.from(tar);
          for (const [index, value] of changes) hurt[offset + index] = value;
          if (firstSizeByte !== undefined) hurt[offset + 124] = firstSizeByte;
          signTarHeader(hurt, offset);
          const seen = texts(await readAll([put('claims.tar', hurt), next]));
          expect(seen).toMatchObject({ 'claims.tar!/a': 'a', 'next.log': 'next' });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lists an archive itself with the number of files in it, after them', async () => {
    const inner = tarOf([{ name: 'x', content: 'x' }]);
    const path = put(
      'outer.tar',
      tarOf([{ name: 'empty' }, { name: 'd/', flag: '5' }, { name: 'in.tar', content: inner }]),
    );
    const counts: [string, number][] = [];
    for await (const file of openIntake([path], undefined, new AbortController().signal)) {
      counts.push([file.path.replace(`${folder}/`, ''), file.memberFiles]);
    }
    expect(counts).toEqual([
      ['outer.tar!/empty', 0],
      ['outer.tar!/in.tar!/x', 0],
      ['outer.tar!/in.tar', 1],
      ['outer.tar', 2],
    ]);
  });

  it('says plainly what it does not read', async () => {
    const bz2 = Buffer.concat([Buffer.from('BZh9'), Buffer.from([0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 1, 2, 3])]);
    expect(problems(await readAll([put('x.bz2', bz2)]))).toEqual([
      expect.stringMatching(/bzip2 files are not read.*bunzip2/),
    ]);
  });
});

describe('the guards of openIntake', () => {
  const bomb = gzipSync(Buffer.alloc(30_000_000));

  it('stop what grows like an archive bomb, and go on with the next file', async () => {
    const limits = { maxRatio: 100, ratioSlackBytes: 1_000_000 };
    const seen = await readAll([put('bomb.gz', bomb), put('good.log', 'good')], limits);
    expect(seen[0]?.problems).toEqual([expect.stringMatching(/archive bombs/)]);
    expect(seen[0]?.text.length).toBeLessThan(5_000_000);
    expect(seen[1]).toMatchObject({ path: 'good.log', text: 'good', problems: [] });
  });

  it('add up the growth of all members of an archive', async () => {
    const zip = zipOf(
      Array.from({ length: 50 }, (_, index) => ({ name: `m${index}`, content: Buffer.alloc(1_000_000) })),
    );
    const seen = await readAll([put('flat.zip', zip)], { maxRatio: 100, ratioSlackBytes: 0 });
    expect(seen.length).toBeLessThan(10);
    expect(problems(seen).join()).toMatch(/archive bombs/);
  });

  it('limit the bytes of an import', async () => {
    const seen = await readAll([put('a.gz', bomb), put('b.gz', gzipSync('b'))], { maxTotalBytes: 2_000_000 });
    expect(problems(seen).join()).toMatch(/more than 2000000 bytes/);
  });

  it('limit the number of members', async () => {
    const tar = tarOf(Array.from({ length: 30 }, (_, index) => ({ name: `f${index}`, content: 'x' })));
    const seen = await readAll([put('many.tar', tar)], { maxEntries: 10 });
    expect(Object.keys(texts(seen))).toHaveLength(10);
    expect(problems(seen).join()).toMatch(/more than 10 files/);
  });

  it('limit the depth', async () => {
    let nested: Buffer = Buffer.from('core');
    for (let depth = 0; depth < 30; depth++) nested = gzipSync(nested);
    const seen = await readAll([put('deep.gz', nested)], { maxDepth: 5 });
    expect(problems(seen)).toEqual([expect.stringMatching(/more than 5 deep/)]);
  });

  it('leave off at once when cancelled', async () => {
    const abort = new AbortController();
    const path = put('big.log', LINES.repeat(20));
    const read = async (): Promise<void> => {
      for await (const file of openIntake([path], undefined, abort.signal)) {
        for await (const chunk of file.chunks()) {
          expect(chunk.length).toBeGreaterThan(0);
          abort.abort(new Error('enough'));
        }
      }
    };
    await expect(read()).rejects.toThrow('enough');
  });
});

describe('IntakeFile', () => {
  it('may be left unread or read in part, at every layer', async () => {
    const members = ['a', 'b', 'c', 'd'].map((name) => ({ name, content: name === 'd' ? 'd' : LINES }));
    const packed = members.map(({ name, content }) => ({ name, content: gzipSync(content) }));
    const paths = [
      put('x.tar', tarOf(packed)),
      put('y.tar.zst', zstdCompressSync(tarOf(members))),
      put('z.zip', zipOf(packed)),
    ];
    let last = '';
    const seen: string[] = [];
    for await (const file of openIntake(paths, undefined, new AbortController().signal)) {
      if (file.kind === 'archive') continue;
      const name = file.path.slice(-1);
      seen.push(name);
      if (name === 'a') continue;
      for await (const chunk of file.chunks()) {
        last = Buffer.from(chunk).toString();
        if (name === 'b') break;
      }
      if (name === 'd') expect(last).toBe('d');
    }
    expect(seen).toEqual([...'abcd', ...'abcd', ...'abcd']);
  });
});

describe('measurePaths', () => {
  it('adds up what lies on disk', async () => {
    put('a', '12345');
    put('b', '123');
    expect(await measurePaths([folder], new AbortController().signal)).toEqual({ files: 2, sizeBytes: 8 });
  });
});
