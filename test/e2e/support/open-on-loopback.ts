/** The browser host under test: a host process, and a browser context in which its owner is signed in. */
import type { BrowserContext } from '@playwright/test';
import type { OpenHostOptions, OpenedHost } from './fixtures.ts';
import { startHost } from '../../support/start-host.ts';

export async function openOnLoopback(options: OpenHostOptions): Promise<OpenedHost> {
  const { browser, contextOptions, folder, caseFile, args } = options;
  const started = await startHost({ folder, caseFile, args });
  let context: BrowserContext | undefined;
  const origin = `http://127.0.0.1:${started.port}/`;
  return {
    kind: 'browser',
    viewerLinks: started.viewerLinks,
    log: started.log,
    async openPage() {
      const isFirst = context === undefined;
      context ??= await browser.newContext(contextOptions);
      const page = await context.newPage();
      // The link works once; later windows have the session.
      await page.goto(isFirst ? started.link : origin);
      return page;
    },
    async close() {
      await context?.close();
      return started.stop();
    },
  };
}
