import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../electron/main/menu-template.ts';
import type { MenuContext } from '../../../electron/main/menu-template.ts';
import { MENU_COMMANDS } from '../../../shared/contract/host-contract.ts';

type MenuItem = ReturnType<typeof menuTemplate>[number];

function build(context: Partial<MenuContext> = {}) {
  const calls: string[] = [];
  const template = menuTemplate(
    { platform: 'linux', recentCases: [], hasDeveloperTools: false, ...context },
    {
      send: (command) => calls.push(`send ${command}`),
      newWindow: () => calls.push('newWindow'),
      openCase: (caseFile) => calls.push(`open ${caseFile}`),
      clearRecentCases: () => calls.push('clear'),
      showAbout: () => calls.push('about'),
    },
  );
  return { calls, template, items: flat(template) };
}
function flat(items: readonly MenuItem[]): MenuItem[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}
/** Nothing but the function is called; Electron's own parameters are not used. */
function click(item: MenuItem | undefined): void {
  (item?.click as (() => void) | undefined)?.();
}

describe('the menu', () => {
  it('offers every command of the host contract once, and sends it', () => {
    const { calls, items } = build();
    for (const command of MENU_COMMANDS) {
      const found = items.filter(({ id }) => id === command);
      expect([command, found.length]).toEqual([command, 1]);
      click(found[0]);
    }
    expect(calls).toEqual(MENU_COMMANDS.map((command) => `send ${command}`));
  });

  it.each(['linux', 'win32', 'darwin'] as const)('has no accelerator twice on %s', (platform) => {
    const accelerators = build({ platform }).items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(accelerators).size).toBe(accelerators.length);
    // A single letter would fire while somebody writes.
    for (const accelerator of accelerators) expect(accelerator).toMatch(/\+/);
  });

  it('lists recent cases with what a menu would take for an accelerator, and cuts long paths at their start', () => {
    const long = `/cases/${'deep/'.repeat(40)}r&d.faultline`;
    const { calls, items } = build({ recentCases: [long, '/b.faultline'] });
    const [first, second] = flat((items.find(({ id }) => id === 'recent')?.submenu ?? []) as MenuItem[]);
    expect(first?.label).toMatch(/^….*r&&d\.faultline$/);
    expect(first?.label?.length).toBeLessThanOrEqual(81);
    click(first);
    click(second);
    expect(calls).toEqual([`open ${long}`, 'open /b.faultline']);
  });

  it('has developer tools only for the people who build it', () => {
    const has = (hasDeveloperTools: boolean): boolean =>
      build({ hasDeveloperTools }).items.some(({ role }) => role === 'toggleDevTools');
    expect([has(true), has(false)]).toEqual([true, false]);
  });

  it('quits from the application menu on macOS and from File elsewhere', () => {
    expect(build({ platform: 'darwin' }).template[0]?.label).toBe('Faultline');
    expect(build({ platform: 'linux' }).template[0]?.label).toBe('&File');
    for (const platform of ['darwin', 'linux', 'win32'] as const) {
      expect(build({ platform }).items.filter(({ role }) => role === 'quit')).toHaveLength(1);
    }
  });
});
