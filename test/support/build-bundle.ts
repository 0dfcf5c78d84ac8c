// Vitest's global setup: tests that start the command line as a process run the bundle, which is built once before
// them. Left out when only other tests were asked for, so that a single unit test starts at once.
import { buildEngine } from '../../build/bundle/build-engine.mjs';
import { isBundleStale } from '../../build/bundle/freshness.mjs';

const NEEDS_BUNDLE = /test\/?$|test\/(cli|storage|conformance|golden)/;

export async function setup(): Promise<void> {
  const filters = process.argv.slice(2).filter((argument) => argument.startsWith('test'));
  if (filters.length > 0 && !filters.some((filter) => NEEDS_BUNDLE.test(filter))) return;
  if (!isBundleStale('engine')) return;
  try {
    await buildEngine();
  } catch (error) {
    // Tests of pure code still say something; those that start the bundle fail with this message before them.
    console.error(`The bundle could not be built, so tests of the command line will fail: ${String(error)}`);
  }
}
