/** Has Node keep the code of engine threads, stripped of types, before the first one starts (NODE_COMPILE_CACHE in vitest.config.ts). */
import { spawnSync } from 'node:child_process';

const ROLES = ['analysis', 'parse', 'reader', 'view', 'writer'];
const WORKERS = new URL('../../shared/engine/workers/', import.meta.url);

/** Throws when a thread's code cannot be loaded: no test of the engine could pass then. */
export function setup(): void {
  const imports = ROLES.map((role) => `import ${JSON.stringify(new URL(`${role}-worker.ts`, WORKERS).href)};`);
  // The entry refuses to run outside a thread; it has been loaded by then.
  const entry = `await import(${JSON.stringify(new URL('worker.ts', WORKERS).href)}).catch(() => undefined);`;
  const program = [...imports, entry].join('\n');
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`The code of engine threads could not be loaded (exit code ${status}).`);
}
