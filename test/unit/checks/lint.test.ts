import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlantedTree } from '../../support/planted-tree.ts';

/** Path, text, the rule that must speak up (undefined: none may). */
const plants: readonly (readonly [path: string, text: string, rule: string | undefined])[] = [
  [
    'shared/model/planted-any.ts',
    'export const planted = (x: any): unknown => x;\n',
    '@typescript-eslint/no-explicit-any',
  ],
  [
    'shared/model/planted-default.ts',
    'export default function planted(): number {\n  return 1;\n}\n',
    'faultline/no-default-export',
  ],
  [
    'shared/model/planted-ts-comment.ts',
    "// @ts-expect-error\nexport const planted: number = 'x';\n",
    '@typescript-eslint/ban-ts-comment',
  ],
  ['shared/engine/planted-console.ts', "console.log('planted');\n", 'no-console'],
  [
    'shared/model/planted-type-import.ts',
    "import { UnixNano } from './time.ts';\nexport const planted = (time: UnixNano): UnixNano => time;\n",
    '@typescript-eslint/consistent-type-imports',
  ],
  [
    'shared/engine/planted-promise.ts',
    'export function planted(work: () => Promise<void>): void {\n  work();\n}\n',
    '@typescript-eslint/no-floating-promises',
  ],
  ['shared/model/planted-unused.ts', 'const planted = 1;\nexport {};\n', '@typescript-eslint/no-unused-vars'],
  [
    'shared/model/planted-disable.ts',
    '// eslint-disable-next-line eqeqeq\nexport const planted = (a: number, b: number): boolean => a == b;\n',
    'faultline/disable-gives-reason',
  ],
  ['shared/analysis/planted-clock.ts', 'export const planted = Date.now();\n', 'faultline/pure'],
  ['shared/analysis/planted-random.ts', 'export const planted = Math.random();\n', 'faultline/pure'],
  ['shared/analysis/planted-today.ts', 'export const planted = new Date();\n', 'faultline/pure'],
  ['shared/analysis/planted-locale.ts', "export const planted = 'a'.localeCompare('b');\n", 'faultline/pure'],
  ['shared/analysis/planted-key.ts', "export const planted = 'service.name';\n", 'faultline/attribute-keys-in-semconv'],
  [
    'shared/model/planted-non-null.ts',
    'export const planted = (map: ReadonlyMap<string, string>): string => map.get("a")!;\n',
    'faultline/non-null-on-index-only',
  ],
  [
    'shared/model/allowed-non-null.ts',
    'export const allowed = (column: Float64Array): number => column[0]!;\n',
    undefined,
  ],
  ['shared/model/planted-long.ts', 'export const n = [\n' + '  1,\n'.repeat(520) + '];\n', 'max-lines'],
  [
    'test/unit/planted-wait.test.ts',
    "import { expect, vi } from 'vitest';\nawait vi.waitFor(() => expect(1).toBe(1));\n",
    'faultline/no-luck-in-tests',
  ],
  [
    'test/storage/planted-limit.test.ts',
    "import { expect } from 'vitest';\nconst started = performance.now();\nexpect(performance.now() - started).toBeLessThan(100);\n",
    'faultline/no-luck-in-tests',
  ],
  ['test/golden/planted-dice.test.ts', 'export const planted = Math.random();\n', 'faultline/no-luck-in-tests'],
  ['test/perf/allowed-dice.ts', 'export const allowed = Math.random();\n', undefined],
  ['shared/cli/allowed-console.ts', "console.log('allowed');\n", undefined],
  ['shared/engine/allowed-clock.ts', 'export const allowed = Date.now();\n', undefined],
  ['shared/analysis/allowed-date.ts', 'export const allowed = new Date(0);\n', undefined],
  [
    'shared/engine/allowed-promise.ts',
    'export async function allowed(work: () => Promise<void>): Promise<void> {\n  await work();\n}\n',
    undefined,
  ],
  [
    'shared/model/allowed-disable.ts',
    '// eslint-disable-next-line eqeqeq -- the two spellings of null are meant here\nexport const allowed = (a: number, b: number): boolean => a == b;\n',
    undefined,
  ],
];

interface LintResult {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

describe('lint', () => {
  let tree: PlantedTree;
  let results: readonly LintResult[] = [];

  beforeAll(() => {
    tree = new PlantedTree(Object.fromEntries(plants.map(([path, text]) => [path, text])));
    const paths = plants.map(([path]) => path);
    const { output } = tree.run('node_modules/eslint/bin/eslint.js', '--format', 'json', ...paths);
    results = JSON.parse(output.slice(output.indexOf('['), output.lastIndexOf(']') + 1)) as LintResult[];
  });
  afterAll(() => tree.remove());

  function rulesAgainst(path: string): readonly string[] {
    const result = results.find((candidate) => candidate.filePath.endsWith(`/${path}`));
    expect(result, `${path} was not linted`).toBeDefined();
    return result!.messages.map((message) => message.ruleId ?? message.message);
  }

  it.each(plants.filter(([, , rule]) => rule !== undefined))('%s is caught', (path, _text, rule) => {
    expect(rulesAgainst(path)).toContain(rule);
  });

  it.each(plants.filter(([, , rule]) => rule === undefined))('%s is allowed', (path) => {
    expect(rulesAgainst(path)).toEqual([]);
  });
});
