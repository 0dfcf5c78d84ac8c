/**
 * The cases opened lately on this machine, in a small JSON file in the user's state folder. A damaged or missing file is
 * an empty list; a folder that cannot be written costs the memory, never the opening of a case.
 */
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

export interface RecentCase {
  readonly caseFile: string;
  readonly openedTime: bigint;
  readonly sizeBytes: number;
}
const MOST_CASES = 20;
const stored = z.array(z.object({ caseFile: z.string(), openedTime: z.string().regex(/^\d{1,19}$/) }));

/** Where a host keeps the list by default. */
export function recentCasesFile(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const base =
    platform === 'win32'
      ? (environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : (environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'));
  return join(base, 'faultline', 'recent-cases.json');
}

/** Newest first; cases whose file is gone are left out. */
export async function listRecentCases(listFile: string): Promise<RecentCase[]> {
  const cases = await Promise.all(
    (await readList(listFile)).map(async ({ caseFile, openedTime }) => {
      const file = await stat(caseFile).catch(() => undefined);
      return file?.isFile() === true ? [{ caseFile, openedTime: BigInt(openedTime), sizeBytes: file.size }] : [];
    }),
  );
  return cases.flat();
}

export async function rememberCase(listFile: string, caseFile: string, openedTime: bigint): Promise<void> {
  const path = resolve(caseFile);
  const others = (await readList(listFile)).filter((other) => other.caseFile !== path);
  const list = [{ caseFile: path, openedTime: openedTime.toString() }, ...others].slice(0, MOST_CASES);
  try {
    await mkdir(dirname(listFile), { recursive: true });
    const draft = `${listFile}.${process.pid}.part`;
    await writeFile(draft, JSON.stringify(list));
    await rename(draft, listFile);
  } catch {
    // The list is a convenience.
  }
}

async function readList(listFile: string): Promise<z.infer<typeof stored>> {
  try {
    return stored.parse(JSON.parse(await readFile(listFile, 'utf8')));
  } catch {
    return [];
  }
}
