// Type-checks all project references with the native compiler. It is called by path because `typescript` 6, which the
// lint tools need, supplies a `tsc` as well.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const compiler = fileURLToPath(new URL('../../node_modules/tsgo/bin/tsc', import.meta.url));
const root = resolve(process.argv[2] ?? '.');
/** @type {{ references: { path: string }[] }} */
const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
// The desktop host is no reference of tsconfig.json: tools that follow it would stumble where electron/ was moved aside.
const projects = references.map((reference) => reference.path);
if (existsSync(join(root, 'electron/tsconfig.json'))) projects.push('electron');
const { status, error } = spawnSync(process.execPath, [compiler, '-b', ...projects], { cwd: root, stdio: 'inherit' });
if (error) throw error;
if (status === 0) console.log(`${projects.length} projects`);
process.exitCode = status ?? 1;
