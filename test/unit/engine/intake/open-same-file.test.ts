/** Between looking and opening, a hostile process may exchange a file; what is opened is what was looked at. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSameFile } from '../../../../shared/engine/intake/open-same-file.ts';
import { walkPaths, type DiskFile } from '../../../../shared/engine/intake/walk-paths.ts';

let folder: string;
let bundle: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-same-file-'));
  bundle = join(folder, 'bundle');
  mkdirSync(join(bundle, 'inner'), { recursive: true });
  writeFileSync(join(bundle, 'inner', 'a.log'), 'inside\n');
  mkdirSync(join(folder, 'outside'));
  writeFileSync(join(folder, 'outside', 'a.log'), 'secret\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function lookAt(path: string): Promise<DiskFile> {
  for await (const found of walkPaths([path], new AbortController().signal)) if ('path' in found) return found;
  throw new Error('nothing found');
}
const inner = (): string => join(bundle, 'inner', 'a.log');
const exchanges: Readonly<Record<string, () => void>> = {
  'a link': () => {
    rmSync(inner());
    symlinkSync(join(folder, 'outside', 'a.log'), inner());
  },
  'another name of a file outside': () => {
    rmSync(inner());
    linkSync(join(folder, 'outside', 'a.log'), inner());
  },
  'a linked folder above it': () => {
    renameSync(join(bundle, 'inner'), join(bundle, 'moved'));
    symlinkSync(join(folder, 'outside'), join(bundle, 'inner'));
  },
  'a pipe that nobody writes': () => {
    rmSync(inner());
    execFileSync('mkfifo', [inner()]);
  },
};

it('opens what was looked at', async () => {
  const found = await lookAt(bundle);
  const file = await openSameFile(found.path, found.identity);
  expect(await file.readFile('utf8')).toBe('inside\n');
  await file.close();
});

it.each(Object.keys(exchanges))('refuses %s put in its place', async (what) => {
  const found = await lookAt(bundle);
  exchanges[what]!();
  await expect(openSameFile(found.path, found.identity)).rejects.toThrow(/exchanged/);
});

it('follows a link that a person names', async () => {
  const link = join(folder, 'named');
  symlinkSync(inner(), link);
  const found = await lookAt(link);
  const file = await openSameFile(found.path, found.identity);
  expect(await file.readFile('utf8')).toBe('inside\n');
  await file.close();
});
