// Unused files, exports and packages. Each exemption has its reason beside it; an exemption that is no longer needed is
// reported by knip itself.
import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    // The bundle's two entries (build/bundle/build.mjs); worker threads are started by URL, which no import shows.
    'shared/cli/cli.ts',
    'shared/engine/workers/worker.ts',
    'build/{bundle,checks,launch,demo}/*.mjs',
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
    // The workstation's page and desktop host, whose packages are pinned together with the engine's so that they lock
    // once; the page arrives with the next issue.
    'react',
    'react-dom',
    '@types/react',
    '@types/react-dom',
    'd3',
    '@types/d3',
    'zustand',
    '@vitejs/plugin-react',
    'electron',
    'electron-builder',
    '@electron/asar',
    '@electron/fuses',
    '@playwright/test',
    'playwright-core',
    'axe-core',
    '@axe-core/playwright',
  ],
};
export default config;
