import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlantedTree } from '../../support/planted-tree.ts';

/** A product of three files that share a fourth, built by the real build script. */
const sources = {
  'shared/cli/cli.ts': "import { shared } from '../base/shared.ts';\nconsole.log('cli', shared as string);\n",
  'shared/engine/engine.ts': "import { shared } from '../base/shared.ts';\nconsole.log('engine', shared);\n",
  'shared/engine/workers/worker.ts': "import { shared } from '../../base/shared.ts';\nconsole.log('worker', shared);\n",
  'shared/base/shared.ts': "export const shared: string = 'one';\n",
};
const probe = "import { isBundleStale } from './build/bundle/freshness.mjs'; console.log(isBundleStale('engine'));";

describe('the bundle', () => {
  let tree: PlantedTree;

  beforeEach(() => {
    tree = new PlantedTree(sources, (path) => path.startsWith('build/bundle/') || /^package(-lock)?\.json$/.test(path));
  });
  afterEach(() => tree.remove());

  function build(): Promise<number | null> {
    const child = spawn(process.execPath, ['build/bundle/build.mjs'], { cwd: tree.root, stdio: 'ignore' });
    return new Promise((resolve) => child.on('close', resolve));
  }
  function isStale(): string {
    return tree.run('--input-type=module', '--eval', probe).output.trim();
  }

  it('runs on its own, command line and worker apart', async () => {
    expect(await build()).toBe(0);
    expect(tree.run('dist/engine/faultline.js').output).toBe('cli one\n');
    expect(tree.run('dist/engine/worker.js').output).toBe('worker one\n');
    expect(tree.run('dist/engine/engine.js').output).toBe('engine one\n');
    expect(existsSync(join(tree.root, 'dist/engine/faultline.js.map'))).toBe(true);
  });

  it('is whole however many builds run at the same time, and leaves nothing lying about', async () => {
    expect(await Promise.all([build(), build(), build()])).toEqual([0, 0, 0]);
    expect(tree.run('dist/engine/faultline.js').output).toBe('cli one\n');
    expect(readdirSync(join(tree.root, 'dist'))).toEqual(['engine']);
  });

  it('is stale before the first build and after a change, also one that goes back in time', async () => {
    expect(isStale()).toBe('true');
    await build();
    expect(isStale()).toBe('false');
    const path = join(tree.root, 'shared/base/shared.ts');
    writeFileSync(path, readFileSync(path, 'utf8').replace("'one'", "'three'"));
    utimesSync(path, 1_000_000_000, 1_000_000_000);
    expect(isStale()).toBe('true');
    await build();
    expect(tree.run('dist/engine/faultline.js').output).toBe('cli three\n');
  });

  it('stays as it was when a source does not bundle', async () => {
    await build();
    writeFileSync(join(tree.root, 'shared/cli/cli.ts'), "import './there-is-none.ts';\n");
    expect(await build()).toBe(1);
    expect(tree.run('dist/engine/faultline.js').output).toBe('cli one\n');
  });

  it('is never called stale in an installed package, which has no sources', async () => {
    await build();
    const installed = new PlantedTree({}, (path) => path.startsWith('build/bundle/') || path === 'package.json');
    try {
      expect(installed.run('--input-type=module', '--eval', probe).output.trim()).toBe('false');
    } finally {
      installed.remove();
    }
  });
});
