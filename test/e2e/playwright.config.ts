// Specs of the workstation. A project is a host: the same specs run on each. Every test has a host process, a case and a
// temporary folder of its own.
import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../build/launch/find-browser.mjs';
import type { HostOptions } from './support/fixtures.ts';

const executablePath = findBrowser(process.env);
/** Sound on a machine without GPU, sandbox helper or network. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig<HostOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../out/e2e',
  globalSetup: './support/global-setup.ts',
  fullyParallel: true,
  workers: Number(process.env['FAULTLINE_E2E_WORKERS'] ?? 2),
  forbidOnly: true,
  retries: 0,
  // A machine may be slow, and busy with the other worker and more; what hangs still fails.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    actionTimeout: 60_000,
    launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  projects: [
    { name: 'browser', testIgnore: 'desktop/**', use: { hostKind: 'browser' } },
    // Under the stand-in for Electron (test/support/electron-stand-in), which prints what it cannot show.
    { name: 'desktop', use: { hostKind: 'desktop' } },
  ],
});
