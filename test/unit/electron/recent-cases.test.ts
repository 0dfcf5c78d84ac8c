import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecentCases } from '../../../electron/main/recent-cases.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-recent-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A file a case could be in. */
async function caseNamed(name: string): Promise<string> {
  const file = join(folder, `${name}.faultline`);
  await writeFile(file, 'x');
  return file;
}

describe('recent cases', () => {
  it('are newest first, each once, over restarts, and without those whose file is gone', async () => {
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map(caseNamed));
    const first = new RecentCases(join(folder, 'list.json'));
    await first.load();
    for (const [index, file] of [a!, b!, a!, c!].entries()) await first.add(file, BigInt(index));
    await rm(b!);
    const second = new RecentCases(join(folder, 'list.json'));
    await second.load();
    expect(second.caseFiles).toEqual([c, a]);
    expect([second.has(a!), second.has(b!)]).toEqual([true, false]);
  });

  it('are at most twelve in the menu', async () => {
    const cases = new RecentCases(join(folder, 'list.json'));
    for (let i = 0; i < 15; i++) await cases.add(await caseNamed(String(i)), BigInt(i));
    expect(cases.caseFiles).toHaveLength(12);
    expect(cases.caseFiles[0]).toBe(join(folder, '14.faultline'));
  });

  it('can be cleared', async () => {
    const cases = new RecentCases(join(folder, 'list.json'));
    await cases.add(await caseNamed('a'), 1n);
    await cases.clear();
    expect(cases.caseFiles).toEqual([]);
  });
});
