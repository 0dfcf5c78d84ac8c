import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runSimulateCommand } from '../../../shared/cli/simulate-command.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'faultline-simulate-'));
  folders.push(made);
  return made;
}
async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const io = {
    stdout: (text: string) => (stdout += text),
    stderr: (text: string) => (stderr += text),
    isTerminal: false,
  };
  return { code: await runSimulateCommand(args, io), stdout, stderr };
}
const SMALL = ['--services', '10', '--minutes', '30', '--rate', '0.02'];

describe('faultline simulate', () => {
  it('writes a bundle and the truth beside it, nothing to standard output', async () => {
    const out = folder();
    const result = await run('--scenario', 'slow-query', '--out', out, ...SMALL);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(readdirSync(out).sort()).toEqual(['bundle', 'truth.json']);
    expect(readdirSync(join(out, 'bundle')).sort()).toEqual(['alerts', 'changes', 'kubernetes', 'telemetry']);
    const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(truth).sort()).toEqual(['alertGroups', 'causes', 'symptoms']);
  });

  it('refuses to mix two simulations in one folder', async () => {
    const out = folder();
    await run('--scenario', 'quiet', '--out', out, ...SMALL);
    const second = await run('--scenario', 'quiet', '--out', out, ...SMALL);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/already holds a simulation/);
  });

  it.each([
    [['--out', 'x'], /scenario is missing/],
    [['--scenario', 'quiet'], /folder to write is missing/],
    [['--scenario', 'nonsense', '--out', 'x'], /unknown scenario "nonsense"/],
    [['--scenario', 'quiet+slow-query', '--out', 'x'], /quiet means no fault/],
    [['--scenario', 'quiet', '--out', 'x', '--services', '3'], /services must be 10 to 1000/],
    [['--scenario', 'quiet', '--out', 'x', '--seed', 'abc'], /seed/],
    [['--scenario', 'quiet', '--out', 'x', '--colour'], /colour/],
  ])('answers %j with a sentence and exit code 2', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
