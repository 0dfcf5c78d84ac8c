import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRecentCases, RecentCases } from '../../../electron/main/recent-cases.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-recent-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('recent cases', () => {
  it('are kept newest first, each once, over restarts', async () => {
    const file = join(folder, 'recent-cases.json');
    const first = new RecentCases(file);
    await first.load();
    for (const name of ['a', 'b', 'a', 'c']) await first.add(`/${name}.faultline`);
    const second = new RecentCases(file);
    await second.load();
    expect(second.caseFiles).toEqual(['/c.faultline', '/a.faultline', '/b.faultline']);
    expect([second.has('/a.faultline'), second.has('/d.faultline')]).toEqual([true, false]);
  });

  it('are at most twelve', async () => {
    const cases = new RecentCases(join(folder, 'recent-cases.json'));
    for (let i = 0; i < 20; i++) await cases.add(`/${i}.faultline`);
    expect(cases.caseFiles).toHaveLength(12);
    expect(cases.caseFiles[0]).toBe('/19.faultline');
  });

  it('can be cleared', async () => {
    const file = join(folder, 'recent-cases.json');
    const cases = new RecentCases(file);
    await cases.add('/a.faultline');
    await cases.clear();
    expect(parseRecentCases(await readFile(file, 'utf8'))).toEqual([]);
  });

  it('are none when the list is damaged or the disk refuses', async () => {
    for (const text of ['', '{', '[]', '{"version":1,"caseFiles":[1]}', '{"version":9,"caseFiles":["/a"]}']) {
      expect(parseRecentCases(text)).toEqual([]);
    }
    const cases = new RecentCases(join(folder, 'no', 'such', 'folder.json'));
    await cases.add('/a.faultline');
    expect(cases.caseFiles).toEqual(['/a.faultline']);
  });
});
