// `npm run check`: everything a change must pass, as CI runs it. One check per core at a time; the output of those that
// fail is shown, those that pass get a line.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = 'node_modules';

/** The slowest first, so that the last one to finish is a short one. @type {readonly { name: string, command: readonly string[] }[]} */
const CHECKS = [
  { name: 'deletion', command: ['build/checks/deletion-test.mjs'] },
  {
    name: 'lint',
    command: [
      `${packages}/eslint/bin/eslint.js`,
      '.',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      `${packages}/.cache/eslint/`,
    ],
  },
  {
    name: 'format',
    command: [`${packages}/prettier/bin/prettier.cjs`, '--check', '--log-level', 'warn', '--cache', '.'],
  },
  { name: 'unused', command: [`${packages}/knip/bin/knip.js`] },
  { name: 'deps', command: ['build/checks/dependency-rules.mjs'] },
  { name: 'structure', command: ['build/checks/structure.mjs'] },
  { name: 'types', command: ['build/checks/typecheck.mjs'] },
  { name: 'debt', command: ['build/checks/debt.mjs'] },
];

/** @typedef {{ name: string, passed: boolean, output: string, seconds: number }} Outcome */

/**
 * @param {{ name: string, command: readonly string[] }} check
 * @returns {Promise<Outcome>}
 */
function run(check) {
  const start = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(process.execPath, check.command, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    });
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('close', (code) => {
      resolve({
        name: check.name,
        passed: code === 0,
        output: output.trim(),
        seconds: (performance.now() - start) / 1000,
      });
    });
  });
}

const asked = process.argv.slice(2);
const waiting = CHECKS.filter((check) => asked.length === 0 || asked.includes(check.name));
/** @type {Outcome[]} */
const outcomes = [];
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) outcomes.push(await run(check));
  }),
);

const failed = outcomes.filter((outcome) => !outcome.passed);
for (const outcome of failed) console.log(`--- ${outcome.name}\n${outcome.output}\n`);
for (const { name, passed, output, seconds } of outcomes) {
  const note = passed ? (output.split('\n').at(-1) ?? '') : '';
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(9)} ${seconds.toFixed(1).padStart(5)} s  ${note}`);
}
if (failed.length > 0) {
  console.log(
    `${failed.length} of ${outcomes.length} checks failed: ${failed.map((outcome) => outcome.name).join(', ')}`,
  );
  process.exitCode = 1;
}
