// Unused files, exports and packages. Each exemption has its reason beside it; an exemption that is no longer needed is
// reported by knip itself.
import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    // The bundle's two entries (build/bundle/build.mjs); worker threads are started by URL, which no import shows.
    'shared/cli/cli.ts',
    'shared/engine/workers/worker.ts',
    // The page, and workers it starts by URL.
    'renderer/app/main.tsx',
    'renderer/**/*-worker.ts',
    // The desktop host's three bundles (build/bundle/build-desktop.mjs).
    'electron/main/{main,engine-process,reader-process}.ts',
    'electron/preload/preload.ts',
    'build/{bundle,checks,launch,demo,package}/*.mjs',
    'test/e2e/{playwright.config,support/*,desktop/*,bench-pages/*}.ts',
    'test/**/*.{test,spec}.ts',
    'test/{support,perf,accuracy}/**/*.ts',
    // Golden inputs that are made by a seed: the harness imports them by the folder they stand in.
    'test/golden/*/*/*/{input,generate}.mjs',
  ],
  project: ['{shared,renderer,electron,build,test}/**/*.{ts,tsx,mjs}'],
  ignoreExportsUsedInFile: true,
  // Commands of the system: intake's tests make hostile input with them, storage's a disk that is full.
  ignoreBinaries: ['mkfifo', 'xz', 'mount', 'umount'],
  ignoreDependencies: [
    // Comes with @axe-core/playwright, pinned so that both agree.
    'axe-core',
  ],
};
export default config;
