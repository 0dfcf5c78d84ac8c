import { cpSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlantedTree } from '../../support/planted-tree.ts';

/** Each file holds one import; the rule that must name it, or undefined where the import is allowed. */
const plants: readonly (readonly [path: string, imported: string, rule: string | undefined])[] = [
  ['shared/base/planted-model.ts', '../model/time.ts', 'layer-base'],
  ['shared/base/planted-package.ts', 'zod', 'layer-base'],
  ['shared/model/planted-semconv.ts', '../semconv/planted-target.ts', 'layer-model'],
  ['shared/semconv/planted-analysis.ts', '../analysis/context.ts', 'layer-semconv'],
  ['shared/contract/planted-rpc.ts', '../rpc/planted-target.ts', 'layer-contract'],
  ['shared/rpc/planted-engine.ts', '../engine/planted-target.ts', 'layer-rpc'],
  ['shared/importers/planted-analysis.ts', '../analysis/context.ts', 'layer-importers'],
  ['shared/analysis/planted-importers.ts', '../importers/importer.ts', 'layer-analysis'],
  ['shared/analysis/planted-storage.ts', '../engine/storage/planted-target.ts', 'layer-analysis'],
  ['shared/layout/planted-analysis.ts', '../analysis/context.ts', 'layer-layout'],
  ['shared/report/planted-contract.ts', '../contract/planted-target.ts', 'layer-report'],
  ['shared/simulator/planted-analysis.ts', '../analysis/context.ts', 'layer-simulator'],
  ['shared/analysis/planted-simulator.ts', '../simulator/planted-target.ts', 'simulator-stays-unknown'],
  ['shared/engine/planted-simulator.ts', '../simulator/planted-target.ts', 'simulator-stays-unknown'],
  ['shared/model/planted-node.ts', 'node:fs', 'pure-without-node'],
  ['shared/importers/planted-one/planted.ts', '../planted-two/planted-target.ts', 'siblings-importers'],
  ['shared/analysis/detectors/planted-one/planted.ts', '../planted-two/planted-target.ts', 'siblings-detectors'],
  ['shared/analysis/correlators/planted-one/planted.ts', '../planted-two/planted-target.ts', 'siblings-correlators'],
  ['shared/analysis/rca/planted-one/planted.ts', '../planted-two/planted-target.ts', 'siblings-rca'],
  ['shared/engine/sources/planted-one/planted.ts', '../planted-two/planted-target.ts', 'siblings-sources'],
  ['renderer/features/planted-one/planted.ts', '../planted-two/planted-target.ts', 'siblings-features'],
  ['shared/engine/planted-renderer.ts', '../../renderer/app/planted-target.ts', 'engine-without-hosts'],
  ['shared/engine/planted-cli.ts', '../cli/planted-target.ts', 'engine-without-serve-or-cli'],
  ['renderer/app/planted-engine.ts', '../../shared/engine/planted-target.ts', 'page-is-a-client'],
  ['renderer/app/planted-node.ts', 'node:path', 'page-without-node'],
  ['electron/main/planted-renderer.ts', '../../renderer/app/planted-target.ts', 'desktop-is-thin'],
  ['shared/serve/planted-electron.ts', 'electron', 'electron-in-electron'],
  ['shared/engine/jobs/planted-sqlite.ts', 'better-sqlite3', 'sqlite-in-storage'],
  ['shared/serve/planted-zustand.ts', 'zustand', 'zustand-in-renderer'],
  ['shared/engine/planted-test.ts', '../../test/support/planted-target.ts', 'test-is-a-leaf'],
  ['shared/engine/planted-dev-package.ts', 'esbuild', 'shipped-without-dev-packages'],
  ['shared/engine/planted-nowhere.ts', './there-is-no-such-file.ts', 'resolves'],
  ['shared/base/planted-cycle-one.ts', './planted-cycle-two.ts', 'no-cycle'],
  ['shared/importers/planted-one/allowed-up.ts', '../importer.ts', undefined],
  ['shared/importers/allowed-model.ts', '../model/time.ts', undefined],
  ['shared/contract/allowed-zod.ts', 'zod', undefined],
  ['shared/engine/allowed-node.ts', 'node:fs', undefined],
  ['shared/engine/storage/allowed-sqlite.ts', 'better-sqlite3', undefined],
  ['electron/main/allowed-electron.ts', 'electron', undefined],
  ['electron/main/allowed-engine.ts', '../../shared/engine/planted-target.ts', undefined],
  ['renderer/app/allowed-zustand.ts', 'zustand', undefined],
  ['renderer/app/allowed-model.ts', '../../shared/model/time.ts', undefined],
];
const targets = [
  'shared/semconv/planted-target.ts',
  'shared/contract/planted-target.ts',
  'shared/rpc/planted-target.ts',
  'shared/engine/planted-target.ts',
  'shared/engine/storage/planted-target.ts',
  'shared/simulator/planted-target.ts',
  'shared/cli/planted-target.ts',
  'shared/importers/planted-two/planted-target.ts',
  'shared/analysis/detectors/planted-two/planted-target.ts',
  'shared/analysis/correlators/planted-two/planted-target.ts',
  'shared/analysis/rca/planted-two/planted-target.ts',
  'shared/engine/sources/planted-two/planted-target.ts',
  'renderer/features/planted-two/planted-target.ts',
  'renderer/app/planted-target.ts',
  'test/support/planted-target.ts',
];

describe('dependency rules', () => {
  let tree: PlantedTree;
  let output = '';
  let exitCode = 0;

  beforeAll(() => {
    const files = [
      ...targets.map((path) => [path, 'export const target = 1;\n']),
      // The other half of the cycle; each cycle is reported once.
      ['shared/base/planted-cycle-two.ts', "export * from './planted-cycle-one.ts';\n"],
      ...plants.map(([path, imported]) => [path, `import * as planted from '${imported}';\nexport { planted };\n`]),
    ];
    tree = new PlantedTree(Object.fromEntries(files) as Record<string, string>);
    ({ output, exitCode } = tree.run('build/checks/dependency-rules.mjs'));
  });
  afterAll(() => tree.remove());

  /** Names of the rules that complain about `path`. */
  function rulesAgainst(path: string): readonly string[] {
    const matches = output.split('\n').filter((line) => line.includes(`: ${path} → `));
    return [...new Set(matches.map((line) => line.slice(0, line.indexOf(':'))))];
  }

  it('fails', () => expect(exitCode).toBe(1));

  it.each(plants.filter(([, , rule]) => rule !== undefined))('%s → %s is caught', (path, _imported, rule) => {
    expect(rulesAgainst(path)).toContain(rule);
  });

  it.each(plants.filter(([, , rule]) => rule === undefined))('%s → %s is allowed', (path) => {
    expect(rulesAgainst(path)).toEqual([]);
  });

  it('tells the reader what to do instead', () => {
    const line = output.split('\n').findIndex((text) => text.startsWith('sqlite-in-storage'));
    expect(output.split('\n')[line + 1]).toMatch(/add a statement there/);
  });
});

describe('module-count guard', () => {
  it('fails when the TypeScript parser is one that dependency-cruiser cannot use', () => {
    const tree = new PlantedTree({});
    try {
      // TypeScript 7 has no compiler API. The cruiser must be a real copy, so that it finds this TypeScript.
      const packages = join(tree.root, 'node_modules');
      const native = realpathSync(join(packages, 'tsgo'));
      const cruiser = realpathSync(join(packages, 'dependency-cruiser'));
      rmSync(join(packages, 'typescript'));
      symlinkSync(native, join(packages, 'typescript'));
      rmSync(join(packages, 'dependency-cruiser'));
      cpSync(cruiser, join(packages, 'dependency-cruiser'), { recursive: true });

      const { exitCode, output } = tree.run('build/checks/dependency-rules.mjs');
      expect(output).toContain('module-count: ');
      expect(exitCode).toBe(1);
    } finally {
      tree.remove();
    }
  });
});
