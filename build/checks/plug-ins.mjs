// Plug-ins keep their shape: every folder of a kind exports its descriptor from index.ts, is named in the kind's list,
// and has unit tests at the mirrored path. A kind without a list yet is skipped.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sourceFiles } from './tracked-files.mjs';

/** Folder of the kind; the list that names its plug-ins is `<folder>/index.ts`. */
const KINDS = [
  'shared/importers',
  'shared/analysis/detectors',
  'shared/analysis/correlators',
  'shared/analysis/rca',
  'shared/engine/sources',
];
/** Folders beside plug-ins that are shared code of the kind: they have no index.ts and no place in the list. */
const root = resolve(process.argv[2] ?? '.');
const files = sourceFiles(root);
const problems = [];
let count = 0;

for (const kind of KINDS) {
  const list = join(root, kind, 'index.ts');
  if (!existsSync(list)) continue;
  const listText = readFileSync(list, 'utf8');
  const folders = new Set(
    files
      .filter((path) => path.startsWith(`${kind}/`))
      .map((path) => path.slice(kind.length + 1).split('/'))
      .filter((parts) => parts.length > 1)
      .map((parts) => parts[0] ?? ''),
  );
  for (const folder of [...folders].sort()) {
    const isPlugin = files.includes(`${kind}/${folder}/index.ts`);
    const isListed = listText.includes(`'./${folder}/index.ts'`);
    if (isListed && !isPlugin) problems.push(`${kind}/${folder}: listed, but has no index.ts`);
    if (!isPlugin) continue;
    count++;
    if (folder === '_skeleton') {
      if (isListed) problems.push(`${kind}/_skeleton: is meant to be copied; take it out of ${kind}/index.ts`);
      continue;
    }
    if (!isListed) problems.push(`${kind}/${folder}: not in ${kind}/index.ts, so nobody will ever run it`);
    const tests = `test/unit/${kind.slice('shared/'.length)}/${folder}`;
    if (!files.some((path) => path.startsWith(`${tests}/`) || path === `${tests}.test.ts`)) {
      problems.push(`${kind}/${folder}: no test under ${tests}/`);
    }
  }
}
for (const problem of problems) console.error(problem);
console.log(`${count} plug-ins`);
if (problems.length > 0) process.exitCode = 1;
