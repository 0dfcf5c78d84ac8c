import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlantedTree } from '../../support/planted-tree.ts';

let tree: PlantedTree;

beforeAll(() => {
  tree = new PlantedTree({
    'shared/model/planted-unused-file.ts': 'export const alone = 1;\n',
    'shared/cli/planted-entry.ts': "export { used } from '../model/planted-exports.ts';\n",
    'shared/model/planted-exports.ts': 'export const used = 1;\nexport const forgotten = 2;\n',
    'shared/model/planted-format.ts': 'export const  planted = [1,2 ,3]\n',
    'shared/model/allowed-format.ts': 'export const allowed = [1, 2, 3];\n',
    'shared/model/planted-todo.ts': '// TODO: some day\nexport const planted = 1;\n',
    'shared/analysis/detectors/planted-orphan/index.ts': 'export const plantedOrphan = 1;\n',
    'shared/analysis/detectors/index.ts': 'export const detectors = [];\n',
    'test/golden/detector/planted-orphan/happy/input.mjs': 'export function fill() {}\n',
    'test/golden/detector/planted-orphan/empty/input.mjs': 'export function fill() {}\n',
    'test/golden/detector/planted-orphan/empty/expected.txt': 'no findings\n',
    'shared/planted-room/PlantedName.ts': 'export const planted = 1;\n',
    'shared/planted-room/utils.ts': 'export const planted = 1;\n',
  });
  // The planted entry has to be known as one, or everything it uses counts as unused.
  const configuration = readFileSync(join(tree.root, 'knip.config.ts'), 'utf8');
  writeFileSync(
    join(tree.root, 'knip.config.ts'),
    configuration.replace("'shared/cli/cli.ts',", "'shared/cli/cli.ts', 'shared/cli/planted-entry.ts',"),
  );
});
afterAll(() => tree.remove());

describe('unused code', () => {
  it('names the file nobody imports and the export nobody uses, and no other', () => {
    const { exitCode, output } = tree.run('node_modules/knip/bin/knip.js', '--reporter', 'compact');
    expect(exitCode).toBe(1);
    expect(output).toContain('shared/model/planted-unused-file.ts');
    expect(output).toMatch(/planted-exports\.ts: .*forgotten/);
    expect(output).not.toMatch(/planted-exports\.ts: .*\bused\b/);
  });
});

describe('format', () => {
  const prettier = ['node_modules/prettier/bin/prettier.cjs', '--check'];

  it('refuses a file that prettier would write otherwise', () => {
    const { exitCode, output } = tree.run(...prettier, 'shared/model/planted-format.ts');
    expect(exitCode).toBe(1);
    expect(output).toContain('planted-format.ts');
  });

  it('accepts one that is as prettier writes it', () => {
    expect(tree.run(...prettier, 'shared/model/allowed-format.ts').exitCode).toBe(0);
  });
});

describe('debt', () => {
  it('refuses a TODO without a topic, and more of them than the count allows', () => {
    const { exitCode, output } = tree.run('build/checks/debt.mjs');
    expect(exitCode).toBe(1);
    expect(output).toContain('shared/model/planted-todo.ts:1: write `TODO(topic)');
    expect(output).toMatch(/^todo: \d+, at most \d+ allowed/m);
  });
});

describe('structure', () => {
  it('refuses loose plug-ins, rooms without a README and names that say nothing', () => {
    const { exitCode, output } = tree.run('build/checks/structure.mjs');
    expect(exitCode).toBe(1);
    expect(output).toContain('shared/analysis/detectors/planted-orphan: not in shared/analysis/detectors/index.ts');
    expect(output).toContain('shared/analysis/detectors/planted-orphan: no test imports it');
    expect(output).toContain('planted-orphan: no golden case test/golden/detector/planted-orphan/happy/');
    expect(output).not.toContain('test/golden/detector/planted-orphan/empty/');
    expect(output).toContain('shared/planted-room: has no README.md');
    expect(output).toContain('shared/planted-room/PlantedName.ts: name it in kebab-case');
    expect(output).toContain('shared/planted-room/utils.ts: has not found its noun yet');
  });
});
