// Loads the bundled command line, built first where the clone's sources are newer, and runs it in this process.
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './ensure-built.mjs';

/**
 * Runs `faultline ARGS…`; resolves to the exit code.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function runCommandLine(args) {
  const entry = await ensureBuilt('engine');
  if (args[0] === 'serve') await ensureBuilt('page');
  const { runAsProcess } = await import(pathToFileURL(entry).href);
  return runAsProcess(args);
}
