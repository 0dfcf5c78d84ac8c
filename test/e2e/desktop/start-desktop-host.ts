/**
 * The desktop host for specs: dist/desktop under the stand-in (test/support/electron-stand-in says what that cannot show),
 * its windows driven by Playwright.
 */
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type { WindowInfo } from '../../support/electron-stand-in/control.ts';
import type { DialogAnswer, ShownDialog } from '../../support/electron-stand-in/dialog.ts';
import { startStandIn } from './stand-in-process.ts';
import type { StandInOptions, StandInProcess } from './stand-in-process.ts';

export interface DesktopHost {
  /** The first window. */
  readonly page: Page;
  readonly standIn: StandInProcess;
  readonly dialogs: {
    /** The next dialog gets this answer; one nobody answers is dismissed. */
    answer(answer: DialogAnswer): Promise<void>;
    shown(): Promise<readonly ShownDialog[]>;
  };
  windows(): Promise<readonly WindowInfo[]>;
  /** Waits until there are so many windows and answers their pages, oldest first. */
  pages(count: number): Promise<readonly Page[]>;
  /** Process id of the engine of the first case. */
  enginePid(): Promise<number>;
  /** Paths that `webUtils.getPathForFile` answers for files of these names and sizes. */
  tellPaths(paths: Readonly<Record<string, string>>): Promise<void>;
  /** Quits the program and answers its exit code. */
  close(): Promise<number | null>;
}

const WINDOW_TIMEOUT_MS = 60_000;

export async function startDesktopHost(options: StandInOptions): Promise<DesktopHost> {
  const standIn = startStandIn(options);
  const browser = await chromium.connectOverCDP(await standIn.ask('endpoint'));
  const pages = (count: number): Promise<readonly Page[]> => pagesOf(standIn, browser, count);
  const [page] = await pages(1);
  return {
    page: page!,
    standIn,
    dialogs: { answer: (answer) => standIn.ask('answerDialog', answer), shown: () => standIn.ask('shownDialogs') },
    windows: () => standIn.ask('windows'),
    pages,
    async enginePid() {
      const found = (await standIn.ask('utilityProcesses')).find(({ serviceName }) => serviceName.endsWith('engine'));
      if (!found) throw new Error('No engine runs at this moment.');
      return found.pid;
    },
    tellPaths: (paths) => standIn.ask('tellPaths', paths),
    async close() {
      await standIn.ask('quit');
      const code = await standIn.ended();
      await browser.close();
      return code;
    },
  };
}

/** Windows that show the page, in the order they were opened, as Playwright's pages. */
async function pagesOf(standIn: StandInProcess, browser: Browser, count: number): Promise<readonly Page[]> {
  const deadline = performance.now() + WINDOW_TIMEOUT_MS;
  for (;;) {
    const windows = (await standIn.ask('windows')).filter(({ url }) => url.startsWith('faultline-app://page/'));
    const pages = (browser.contexts()[0]?.pages() ?? []).filter((page) => page.url() !== 'about:blank');
    const found = await Promise.all(windows.map(({ targetId }) => pageOfTarget(pages, targetId)));
    const shown = found.filter((page) => page !== undefined);
    if (shown.length >= count) {
      await Promise.all(shown.map((page) => page.waitForLoadState()));
      return shown;
    }
    if (performance.now() > deadline)
      throw new Error(`There are ${shown.length} windows, not ${count}:\n${standIn.log()}`);
    // Asked again once Chromium tells of another page, and at least every now and then.
    await browser
      .contexts()[0]
      ?.waitForEvent('page', { timeout: 50 })
      .catch(() => undefined);
  }
}

const targets = new WeakMap<Page, string>();

async function pageOfTarget(pages: readonly Page[], targetId: string): Promise<Page | undefined> {
  for (const page of pages) {
    if (!targets.has(page)) targets.set(page, await targetIdOf(page));
    if (targets.get(page) === targetId) return page;
  }
  return undefined;
}

async function targetIdOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.detach();
  return targetInfo.targetId;
}
