// The tree keeps its shape: rooms have a README, files are named in kebab-case after something, plug-ins are listed in
// their kind's `index.ts`, imported by a test and have golden cases.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SOURCE_FOLDERS, sourceFiles, trackedFiles } from './tracked-files.mjs';

const root = resolve(process.argv[2] ?? '.');
const files = sourceFiles(root);

/** Second-level folders without a README that says what they are for. */
function roomsWithoutReadme() {
  const rooms = new Set(
    files.map((path) => path.split('/').slice(0, 2).join('/')).filter((path) => !path.includes('.')),
  );
  return [...rooms]
    .filter((room) => !existsSync(join(root, room, 'README.md')))
    .map((room) => `${room}: has no README.md (purpose, imports allowed, where to start reading, how to add one)`);
}

/** Files whose name says nothing, or says it in another spelling than the rest. */
function oddNames() {
  const problems = [];
  for (const path of files) {
    const name = path.split('/').at(-1) ?? '';
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|tsx|mjs)$/.test(name))
      problems.push(`${path}: name it in kebab-case`);
    if (/^(utils?|helpers?|misc|common)\./.test(name)) problems.push(`${path}: has not found its noun yet`);
  }
  return problems;
}

/** Folder of each kind; the list that names its plug-ins is `<folder>/index.ts`. */
const KINDS = [
  'shared/importers',
  'shared/analysis/detectors',
  'shared/analysis/correlators',
  'shared/analysis/rca',
  'shared/engine/sources',
];

/** Kinds with golden cases: their folder under test/golden and the cases each plug-in has at least. */
const GOLDEN = new Map([
  ['shared/importers', { folder: 'importer', cases: ['happy', 'empty', 'damaged', 'large'] }],
  ['shared/analysis/detectors', { folder: 'detector', cases: ['happy', 'empty'] }],
]);
const tracked = trackedFiles(root);

/** Cases that lack an input or the text expected of it. */
function missingGoldenCases(/** @type {string} */ kind, /** @type {string} */ name) {
  const golden = GOLDEN.get(kind);
  if (!golden) return [];
  return golden.cases
    .map((goldenCase) => `test/golden/${golden.folder}/${name}/${goldenCase}/`)
    .filter((folder) => {
      const inside = tracked.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
      return !inside.includes('expected.txt') || !inside.some((file) => /^(input\.|generate\.mjs$)/.test(file));
    })
    .map((folder) => `${kind}/${name}: no golden case ${folder} (an input and expected.txt)`);
}

/** What the tests say, to find out which plug-ins they import. */
const testTexts = files
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(root, path), 'utf8'));

/** Plug-ins that nobody would run or that nobody tests. A kind without a list is skipped. */
function loosePlugIns(/** @type {string} */ kind) {
  const list = join(root, kind, 'index.ts');
  if (!existsSync(list)) return { count: 0, problems: [] };
  const listText = readFileSync(list, 'utf8');
  const inKind = files.filter((path) => path.startsWith(`${kind}/`)).map((path) => path.slice(kind.length + 1));
  const plugIns = inKind.filter((path) => /^[^/]+\/index\.ts$/.test(path)).map((path) => path.split('/')[0] ?? '');
  const problems = [];
  for (const name of plugIns) {
    const isListed = listText.includes(`'./${name}/index.ts'`);
    if (name === '_skeleton') {
      if (isListed) problems.push(`${kind}/_skeleton: is meant to be copied; take it out of ${kind}/index.ts`);
      continue;
    }
    if (!isListed) problems.push(`${kind}/${name}: not in ${kind}/index.ts, so nobody will ever run it`);
    if (!testTexts.some((text) => text.includes(`${kind}/${name}/`))) {
      problems.push(`${kind}/${name}: no test imports it`);
    }
    problems.push(...missingGoldenCases(kind, name));
  }
  return { count: plugIns.length, problems };
}

const kinds = KINDS.map(loosePlugIns);
const problems = [...roomsWithoutReadme(), ...oddNames(), ...kinds.flatMap((kind) => kind.problems)];
for (const problem of problems) console.error(problem);
const plugInCount = kinds.reduce((sum, kind) => sum + kind.count, 0);
console.log(`${files.length} files in ${SOURCE_FOLDERS.length} folders, ${plugInCount} plug-ins`);
if (problems.length > 0) process.exitCode = 1;
