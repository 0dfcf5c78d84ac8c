// Counts what was put off: `TODO(topic): …` notes and switched-off checks. Both only go down: more than the number in
// debt.json fails, and whoever removes one lowers the number. A TODO without a topic fails at once.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sourceFiles } from './tracked-files.mjs';

const root = resolve(process.argv[2] ?? '.');
/** @type {{ todo: number, suppressions: number }} */
const allowed = JSON.parse(readFileSync(join(root, 'build/checks/debt.json'), 'utf8'));
const found = { todo: 0, suppressions: 0 };
const problems = [];

for (const path of sourceFiles(root)) {
  // This folder and its tests speak about the marks without using them.
  if (/^(build\/checks|test\/unit\/checks)\//.test(path)) continue;
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  lines.forEach((line, index) => {
    if (/(\/\/|\*).*\b(TODO|FIXME|XXX)\b/.test(line)) {
      found.todo++;
      if (!/TODO\([a-z][a-z0-9-]*\): .{10,}/.test(line)) {
        problems.push(`${path}:${index + 1}: write \`TODO(topic): what, and what unblocks it\``);
      }
    }
    if (/eslint-disable|@ts-expect-error|@ts-ignore|@ts-nocheck|prettier-ignore/.test(line)) found.suppressions++;
  });
}
for (const kind of /** @type {const} */ (['todo', 'suppressions'])) {
  if (found[kind] > allowed[kind])
    problems.push(
      `${kind}: ${found[kind]}, at most ${allowed[kind]} allowed (build/checks/debt.json); the count only goes down`,
    );
}
for (const problem of problems) console.error(problem);
console.log(`${found.todo} TODO, ${found.suppressions} suppressions`);
if (problems.length > 0) process.exitCode = 1;
