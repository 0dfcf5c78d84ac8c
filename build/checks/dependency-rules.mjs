// Holds the import rules of .dependency-cruiser.mjs against every source file that git knows, and fails when
// dependency-cruiser read fewer files than there are: a parser that does not understand a file reports no violation in
// it. Run in a folder of its own (`node build/checks/dependency-rules.mjs [ROOT]`), because the rules are relative paths.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SOURCE_FOLDERS, sourceFiles } from './tracked-files.mjs';

/**
 * Source files that dependency-cruiser did not read.
 * @param {readonly string[]} files
 * @param {readonly { source: string }[]} modules
 */
function unreadFiles(files, modules) {
  const read = new Set(modules.map((module) => module.source));
  return files.filter((path) => !read.has(path));
}

/** Checks `root`; returns one line per violation and the number of modules read. */
async function checkDependencies(/** @type {string} */ root) {
  process.chdir(root);
  const { cruise } = await import('dependency-cruiser');
  const { default: extractTsConfig } = await import('dependency-cruiser/config-utl/extract-ts-config');
  /** @type {{ default: import('dependency-cruiser').IConfiguration }} */
  const { default: rules } = await import(pathToFileURL(join(root, '.dependency-cruiser.mjs')).href);
  const files = sourceFiles(root);
  // Folders, not files: dependency-cruiser looks into a folder for what it can parse, but reads a named file with
  // whatever parser it has, however badly.
  const { output } = await cruise(
    SOURCE_FOLDERS.filter((folder) => existsSync(join(root, folder))),
    { ...rules.options, validate: true, ruleSet: { forbidden: rules.forbidden ?? [] } },
    undefined,
    { tsConfig: extractTsConfig(join(root, 'tsconfig.base.json')) },
  );
  if (typeof output === 'string') throw new Error(output);
  const comments = new Map((rules.forbidden ?? []).map((rule) => [rule.name, rule.comment]));
  const lines = output.summary.violations.map((violation) => {
    const target = violation.cycle ? violation.cycle.map((step) => step.name).join(' → ') : violation.to;
    return `${violation.rule.name}: ${violation.from} → ${target}\n    ${comments.get(violation.rule.name) ?? ''}`;
  });
  for (const path of unreadFiles(files, output.modules)) {
    lines.push(
      `module-count: ${path} was not read by dependency-cruiser\n    Check that \`typescript\` in package.json is a version with a compiler API (6.x).`,
    );
  }
  return { lines, moduleCount: files.length };
}

const root = resolve(process.argv[2] ?? '.');
if (!existsSync(join(root, '.dependency-cruiser.mjs'))) throw new Error(`${root} has no .dependency-cruiser.mjs`);
const { lines, moduleCount } = await checkDependencies(root);
for (const line of lines) console.error(line);
console.log(`${moduleCount} modules, ${lines.length} violations`);
if (lines.length > 0) process.exitCode = 1;
