// Tests run as real processes on real threads; nothing is mocked by the runner. Time zone and locale are fixed here so
// that a test started by hand sees what CI sees.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

process.env['TZ'] = 'UTC';
process.env['LC_ALL'] = 'C';
// Engine threads run from source. Node keeps what it has stripped of types, so that not each of many hundred threads
// compiles the WebAssembly that strips: V8 now and then aborts when such code is freed (nodejs/node#64500), and it takes
// two thirds of a thread's start.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/node-compile', import.meta.url));

export default defineConfig({
  test: {
    include: ['test/{unit,golden,storage,conformance,cli}/**/*.test.ts'],
    // Processes, not threads: better-sqlite3 handles and our own worker threads die with their process.
    pool: 'forks',
    // What hangs fails; what is only slow, on a busy or small machine, does not. Speed is `npm run bench`'s affair.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/build-bundle.ts', 'test/support/warm-thread-code.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    reporters: ['default'],
  },
});
