/** Shows the menu; built anew when the list of recent cases changes. */
import { dialog, Menu } from 'electron';
import { PRODUCT_VERSION } from '../../shared/engine/product-version.ts';
import { menuTemplate } from './menu-template.ts';
import type { RecentCases } from './recent-cases.ts';
import type { Workspaces } from './workspaces.ts';

export function showMenu(workspaces: Workspaces, recentCases: RecentCases, hasDeveloperTools: boolean): void {
  const template = menuTemplate(
    { platform: process.platform, recentCases: recentCases.caseFiles, hasDeveloperTools },
    {
      send: (command) => (workspaces.focused ?? workspaces.openNew()).commands.push({ type: 'menu', command }),
      newWindow: () => workspaces.openBeside(),
      openCase: (caseFile) => void workspaces.open({ type: 'openCase', caseFile }),
      clearRecentCases: () => void recentCases.clear().then(() => showMenu(workspaces, recentCases, hasDeveloperTools)),
      showAbout: () => void showAbout(),
    },
  );
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function showAbout(): Promise<void> {
  await dialog.showMessageBox({
    type: 'info',
    message: `Faultline ${PRODUCT_VERSION}`,
    detail: `Electron ${process.versions['electron']}, Chromium ${process.versions['chrome']}. Nothing you open leaves this machine.`,
    buttons: ['OK'],
  });
}
