// Loads the bundled command line, built first where the clone's sources are newer, and runs it in this process.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBundleStale, repositoryRoot } from '../bundle/freshness.mjs';

const entry = join(repositoryRoot, 'dist', 'engine', 'faultline.js');

/** Brings `dist` up to date. Does nothing in an installed package, which has no sources. */
export async function ensureBundle() {
  if (isBundleStale('engine')) {
    const { buildEngine } = await import('../bundle/build-engine.mjs');
    await buildEngine();
  }
  if (!existsSync(entry)) {
    throw new Error(`${entry} is missing and there are no sources to build it from. Install Faultline again.`);
  }
  return entry;
}

/**
 * Runs `faultline ARGS…`; resolves to the exit code.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function runCommandLine(args) {
  const { runAsProcess } = await import(pathToFileURL(await ensureBundle()).href);
  return runAsProcess(args);
}
