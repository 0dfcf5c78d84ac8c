import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlantedTree } from '../../support/planted-tree.ts';

/** Path → a file that must not compile there, and the words of the compiler's complaint. */
const plants: Readonly<Record<string, { readonly text: string; readonly complaint: RegExp }>> = {
  'shared/model/planted-dom.ts': {
    text: 'export const planted: string = document.title;\n',
    complaint: /Cannot find name 'document'/,
  },
  'shared/analysis/planted-node.ts': {
    text: "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync('x');\n",
    complaint: /Cannot find (module|name) 'node:fs'/,
  },
  'shared/importers/planted-buffer.ts': {
    text: "export const planted = Buffer.from('x');\n",
    complaint: /Cannot find name 'Buffer'/,
  },
  'shared/rpc/planted-process.ts': {
    text: "export const planted = process.env['HOME'];\n",
    complaint: /Cannot find name 'process'/,
  },
  'shared/engine/planted-dom.ts': {
    text: 'export const planted: number = window.innerWidth;\n',
    complaint: /Cannot find name 'window'/,
  },
  'renderer/app/planted-node.ts': {
    text: "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync('x');\n",
    complaint: /Cannot find (module|name) 'node:fs'/,
  },
  'shared/model/planted-enum.ts': {
    text: 'export enum Planted {\n  A,\n}\n',
    complaint: /erasableSyntaxOnly/,
  },
  'shared/model/planted-index.ts': {
    text: 'export function planted(list: readonly string[]): string {\n  return list[0];\n}\n',
    complaint: /is not assignable to type 'string'/,
  },
};
/** The same needs where they are allowed. */
const controls: Readonly<Record<string, string>> = {
  'shared/engine/allowed-node.ts':
    "import { readFileSync } from 'node:fs';\nexport const allowed = readFileSync('x').length;\n",
  'shared/model/allowed-universal.ts':
    'export const allowed = (signal: AbortSignal): boolean => new TextDecoder().decode() === "" && signal.aborted;\n',
  'renderer/app/allowed-dom.ts': 'export const allowed: string = document.title;\n',
};

describe('type projects', () => {
  let tree: PlantedTree;
  let output = '';
  let exitCode = 0;

  beforeAll(() => {
    const files = Object.fromEntries(Object.entries(plants).map(([path, plant]) => [path, plant.text]));
    tree = new PlantedTree({ ...files, ...controls });
    ({ output, exitCode } = tree.run('build/checks/typecheck.mjs'));
  });
  afterAll(() => tree.remove());

  it('fails', () => expect(exitCode).not.toBe(0));

  it.each(Object.entries(plants))('refuses %s', (path, { complaint }) => {
    const lines = output.split('\n').filter((line) => line.startsWith(`${path}(`));
    expect(lines.join('\n')).toMatch(complaint);
  });

  it.each(Object.keys(controls))('accepts %s', (path) => {
    expect(output).not.toContain(path);
  });
});
