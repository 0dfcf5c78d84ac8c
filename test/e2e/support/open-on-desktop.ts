/** The desktop host under test, for the specs both hosts share. */
import { join } from 'node:path';
import { startDesktopHost } from '../desktop/start-desktop-host.ts';
import type { OpenHostOptions, OpenedHost } from './fixtures.ts';

export async function openOnDesktop({ contextOptions, folder, caseFile }: OpenHostOptions): Promise<OpenedHost> {
  const host = await startDesktopHost({ folder, args: caseFile === undefined ? [] : [caseFile] });
  // A case that begins with what is dropped asks for its place; anybody says one.
  if (caseFile === undefined) await host.dialogs.answer({ filePath: join(folder, 'new.faultline') });
  const { viewport, colorScheme } = contextOptions;
  let opened = 0;
  return {
    kind: 'desktop',
    // The desktop window shares nothing; `faultline serve --share` does.
    viewerLinks: [],
    log: () => host.standIn.log(),
    async openPage() {
      opened++;
      if (opened > 1) await host.standIn.ask('clickMenu', { item: 'window.new' });
      const page = (await host.pages(opened)).at(-1)!;
      if (viewport) await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: colorScheme ?? null, reducedMotion: 'reduce' });
      return page;
    },
    killEngine() {
      void host.enginePid().then((pid) => process.kill(pid, 'SIGKILL'));
    },
    close: () => host.close(),
  };
}
