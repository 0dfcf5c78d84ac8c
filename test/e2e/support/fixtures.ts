/**
 * What every spec starts from: a host with a case, and the page on it, whichever host it is. A test fails when the page
 * logged an error, broke the content policy or asked another origin for anything, whatever else it looked at.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { openOnDesktop } from './open-on-desktop.ts';
import { openOnLoopback } from './open-on-loopback.ts';
import { prepareCase } from './prepare-case.ts';
import { saveScreenshot } from './screenshots.ts';

export interface HostOptions {
  /** Set by the project. */
  readonly hostKind: 'browser' | 'desktop';
  /** Name of an included demo, path of a bundle, or null for a host without a case. */
  readonly bundle: string | null;
  /** Further arguments of the host (`--share`); the desktop host has none. */
  readonly hostArgs: readonly string[];
  /** Parts of console messages this test brings about on purpose. */
  readonly expectedProblems: readonly string[];
}

/** A host under test. */
export interface OpenedHost {
  readonly kind: HostOptions['hostKind'];
  /** A page, signed in as the owner. Each call opens another window. */
  openPage(): Promise<Page>;
  /** Read-only links for guests; empty unless shared. */
  readonly viewerLinks: readonly string[];
  /** What the host said on standard error. */
  log(): string;
  /** Ends the host the polite way; answers its exit code. */
  close(): Promise<number | null>;
  /** Kills the process that holds the engine's threads, as a crash would. Only where engine and host are two processes. */
  killEngine?(): void;
}
export interface OpenHostOptions {
  readonly browser: Browser;
  readonly contextOptions: BrowserContextOptions;
  /** For everything this host writes. */
  readonly folder: string;
  readonly caseFile: string | undefined;
  readonly args: readonly string[];
}

interface HostFixtures {
  /** A temporary folder of this test. */
  readonly folder: string;
  /** The case file, copied for this test; undefined with `bundle: null`. */
  readonly caseFile: string | undefined;
  readonly host: OpenedHost;
  /** The page on the host, loaded. */
  readonly app: Page;
  /** Watches a page opened beside `app` (`host.openPage()`, a viewer's link) as `app` is watched. */
  readonly watch: (page: Page) => Page;
  /** Writes out/screenshots/PROJECT/NAME.png. */
  readonly takeScreenshot: (name: string, page?: Page) => Promise<void>;
}

/** How a host of each kind is opened. A kind without an entry has no project in playwright.config.ts. */
const HOSTS: { readonly [Kind in HostOptions['hostKind']]?: (options: OpenHostOptions) => Promise<OpenedHost> } = {
  browser: openOnLoopback,
  desktop: openOnDesktop,
};

export const test = base.extend<HostOptions & HostFixtures>({
  hostKind: ['browser', { option: true }],
  bundle: ['errors-after-deploy', { option: true }],
  hostArgs: [[], { option: true }],
  expectedProblems: [[], { option: true }],

  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'faultline-e2e-'));
    await use(folder);
    // What ended may still be writing its last.
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  },
  caseFile: async ({ bundle, folder }, use) => {
    await use(bundle === null ? undefined : await prepareCase(bundle, folder));
  },
  host: async ({ hostKind, browser, contextOptions, viewport, colorScheme, folder, caseFile, hostArgs }, use) => {
    const open = HOSTS[hostKind];
    if (!open) throw new Error(`No host of the kind ${hostKind} can be opened here.`);
    const host = await open({
      browser,
      contextOptions: { ...contextOptions, viewport, colorScheme },
      folder,
      caseFile,
      args: hostArgs,
    });
    await use(host);
    expect(await host.close(), `the host ends well; it said:\n${host.log()}`).toBe(0);
  },
  watch: async ({ expectedProblems }, use) => {
    const problems: string[] = [];
    await use((page) => {
      watchPage(page, (problem) => problems.push(problem));
      return page;
    });
    const unexpected = problems.filter((problem) => !expectedProblems.some((expected) => problem.includes(expected)));
    expect(unexpected, 'the page logs no errors, breaks no policy and asks nobody else').toEqual([]);
  },
  app: async ({ host, watch }, use) => {
    const page = watch(await host.openPage());
    await use(page);
  },
  takeScreenshot: async ({ app }, use, info) => {
    await use((name, page = app) => saveScreenshot(page, info.project.name, name));
  },
});

export { expect };

function watchPage(page: Page, report: (problem: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => report(`thrown: ${error.stack ?? error.message}`));
  page.on('crash', () => report('the page crashed'));
  page.on('request', (request) => {
    const own = new URL(page.url()).origin;
    const { protocol, origin } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && own !== 'null' && origin !== own) {
      report(`another origin was asked: ${request.url()}`);
    }
  });
}
