/** A host of people with the page open in it, and the probe that tells when the page has come to rest. */
import { copyFileSync, constants } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { contract, type Contract } from '../../shared/contract/contract.ts';
import { createClient, type Client } from '../../shared/rpc/client.ts';
import { webSocketPort } from '../../shared/serve/web-socket-port.ts';
import { startHost, type StartedHost } from '../support/start-host.ts';
import { heapOf, launchBrowser } from './bench-browser.ts';
import { rssBytes } from './process-memory.ts';
import { inTemporaryFolder } from './run-script.ts';

/** As `test/e2e/bench-pages/page-probe.ts` offers it to functions that run in the page. */
declare const pageProbe: {
  settled(since?: 'load'): Promise<{ readonly ms: number; readonly questions: number }>;
  answered(): Promise<{ readonly ms: number; readonly questions: number }>;
  arm(): void;
  takeLongTasks(): readonly { readonly atMs: number; readonly ms: number }[];
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const VIEWPORT = { width: 1440, height: 900 };
const REST_TIMEOUT_MS = 60_000;

/** Milliseconds from an input until all that it asked for is painted. */
export interface Reaction {
  readonly ms: number;
  readonly questions: number;
}

export class PageSession {
  readonly browser: Browser;
  readonly page: Page;
  /** From the document's first byte until everything asked for was painted. */
  readonly loaded: Reaction;
  readonly #host: StartedHost;
  #heapMb = 0;

  constructor(browser: Browser, page: Page, loaded: Reaction, host: StartedHost) {
    this.browser = browser;
    this.page = page;
    this.loaded = loaded;
    this.#host = host;
  }

  /** What the input brings about until the page rests. */
  async react(input: () => Promise<void>): Promise<Reaction> {
    await this.page.evaluate(() => pageProbe.arm());
    await input();
    return withTimeout(this.page.evaluate(() => pageProbe.settled()));
  }

  /** The same while the page never rests, because an import goes on: until what the input asked for is painted. */
  async reactAmidst(input: () => Promise<void>): Promise<Reaction> {
    await this.page.evaluate(() => pageProbe.arm());
    await input();
    return withTimeout(this.page.evaluate(() => pageProbe.answered()));
  }

  /** The longest task of the page's main thread since this was asked last, ms; 0 when none was longer than 50. */
  async longestTaskMs(): Promise<number> {
    const tasks = await this.page.evaluate(() => pageProbe.takeLongTasks());
    return Math.max(0, ...tasks.map(({ ms }) => ms));
  }

  /** Notes what is in use now; `heapMb` is the most of all notes. */
  async noteHeap(): Promise<void> {
    this.#heapMb = Math.max(this.#heapMb, await heapOf(this.page));
  }
  get heapMb(): number {
    return this.#heapMb;
  }

  /** A client beside the page, with the session of its cookie. Dispose it. */
  async client(): Promise<Client<Contract>> {
    const authority = `127.0.0.1:${this.#host.port}`;
    const cookies = await this.page.context().cookies(`http://${authority}`);
    const headers = {
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      origin: `http://${authority}`,
    };
    return createClient(contract, webSocketPort(new WebSocket(`ws://${authority}/rpc`, { headers })));
  }
  get hostMemoryMb(): number {
    return rssBytes(this.#host.process.pid ?? 0) / 1e6;
  }
}

/** A page that does not come to rest has taken as long as was waited: a figure that misses every target. */
async function withTimeout(reaction: Promise<Reaction>): Promise<Reaction> {
  const { promise: late, resolve } = Promise.withResolvers<Reaction>();
  const timer = setTimeout(() => resolve({ ms: REST_TIMEOUT_MS, questions: 0 }), REST_TIMEOUT_MS);
  try {
    return await Promise.race([reaction, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Opens a copy of the case in a new host and a new browser, waits for rest, and closes both afterwards. */
export async function withPageOn(caseFile: string, use: (session: PageSession) => Promise<void>): Promise<void> {
  const probe = await build({
    entryPoints: [join(root, 'test/e2e/bench-pages/page-probe.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  await inTemporaryFolder(async (folder) => {
    const copy = join(folder, 'bench.faultline');
    copyFileSync(caseFile, copy, constants.COPYFILE_FICLONE);
    const host = await startHost({ folder, caseFile: copy, isOutputChecked: false });
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: 'dark', timezoneId: 'UTC' });
      await context.addInitScript({ content: probe.outputFiles[0]?.text ?? '' });
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(error.stack ?? error.message));
      await page.goto(host.link);
      // What a person waits for: the time of the case, and its causes.
      await page.locator('.storm-strip').waitFor({ timeout: REST_TIMEOUT_MS });
      const causes = page.getByRole('region', { name: 'Possible causes' }).getByRole('listitem');
      await causes.first().waitFor({ timeout: REST_TIMEOUT_MS });
      const loaded = await withTimeout(page.evaluate(() => pageProbe.settled('load')));
      await use(new PageSession(browser, page, loaded, host));
    } finally {
      await browser.close();
      await host.stop();
    }
  });
}
