/**
 * The menu as data. What the page does is sent to the page; what the program does is an action of `MenuActions`; the rest
 * are roles that Electron knows. Accelerators are those of the page's own key map where both have one.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/contract/host-contract.ts';

export interface MenuActions {
  /** To the page of the focused window. */
  send(command: MenuCommand): void;
  newWindow(): void;
  openCase(caseFile: string): void;
  clearRecentCases(): void;
  showAbout(): void;
}
export interface MenuContext {
  readonly platform: NodeJS.Platform;
  /** Newest first. */
  readonly recentCases: readonly string[];
  /** Tools for the people who build Faultline. */
  readonly hasDeveloperTools: boolean;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };
type Items = readonly MenuItemConstructorOptions[];

export function menuTemplate(context: MenuContext, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = context.platform === 'darwin';
  return [
    ...(isMac ? [applicationMenu(actions)] : []),
    menu('&File', fileItems(context, actions)),
    menu('&Edit', editItems(actions)),
    menu('&View', viewItems(context, actions)),
    menu('&Present', presentItems(actions)),
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    menu('&Help', helpItems(actions, isMac)),
  ];
}

function menu(label: string, items: Items): MenuItemConstructorOptions {
  return { label, submenu: [...items] };
}

/** An item the page answers. Its id is the command, so that tests and help can name it. */
function item(
  actions: MenuActions,
  command: MenuCommand,
  label: string,
  accelerator?: string,
): MenuItemConstructorOptions {
  return { id: command, label, click: () => actions.send(command), ...(accelerator !== undefined && { accelerator }) };
}

function fileItems(context: MenuContext, actions: MenuActions): Items {
  return [
    item(actions, 'case.new', '&New Case…', 'CmdOrCtrl+N'),
    item(actions, 'case.open', '&Open Case…', 'CmdOrCtrl+O'),
    { id: 'recent', label: 'Open &Recent', submenu: recentItems(context.recentCases, actions) },
    item(actions, 'case.close', '&Close Case'),
    SEPARATOR,
    item(actions, 'import.files', '&Import Files…', 'CmdOrCtrl+I'),
    item(actions, 'import.folder', 'Import &Folder…', 'CmdOrCtrl+Shift+I'),
    SEPARATOR,
    item(actions, 'report.export', '&Export Report…', 'CmdOrCtrl+E'),
    item(actions, 'report.print', 'Print Report as &PDF…', 'CmdOrCtrl+P'),
    SEPARATOR,
    { id: 'window.new', label: 'New &Window', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
    context.platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
  ];
}

function recentItems(caseFiles: readonly string[], actions: MenuActions): MenuItemConstructorOptions[] {
  if (caseFiles.length === 0) return [{ label: 'No Recent Cases', enabled: false }];
  return [
    ...caseFiles.map((caseFile) => ({ label: menuText(caseFile), click: () => actions.openCase(caseFile) })),
    SEPARATOR,
    { id: 'recent.clear', label: 'Clear Recent Cases', click: () => actions.clearRecentCases() },
  ];
}

/** A path as a menu shows it: `&` would become an accelerator, and a long one would be wider than the screen. */
function menuText(path: string): string {
  const MAX_LENGTH = 80;
  const short = path.length <= MAX_LENGTH ? path : `…${path.slice(1 - MAX_LENGTH)}`;
  return short.replaceAll('&', '&&');
}

function editItems(actions: MenuActions): Items {
  return [
    item(actions, 'history.back', '&Undo View Change', 'Alt+Left'),
    item(actions, 'history.forward', '&Redo View Change', 'Alt+Right'),
    SEPARATOR,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    SEPARATOR,
    item(actions, 'edit.find', '&Find…', 'CmdOrCtrl+F'),
    item(actions, 'palette.show', '&Command Palette…', 'CmdOrCtrl+K'),
  ];
}

function viewItems(context: MenuContext, actions: MenuActions): Items {
  const developer: Items = context.hasDeveloperTools ? [SEPARATOR, { role: 'toggleDevTools' }] : [];
  return [
    item(actions, 'time.whole', '&Whole Case in Time'),
    item(actions, 'theme.next', 'Next &Theme'),
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    SEPARATOR,
    { role: 'togglefullscreen' },
    { role: 'reload' },
    ...developer,
  ];
}

function presentItems(actions: MenuActions): Items {
  return [
    item(actions, 'present.toggle', '&Presenter Mode', 'CmdOrCtrl+Shift+P'),
    item(actions, 'present.freeze', '&Freeze What Others See'),
    item(actions, 'present.mask', '&Mask Names'),
  ];
}

function helpItems(actions: MenuActions, isMac: boolean): Items {
  const about: Items = isMac
    ? []
    : [SEPARATOR, { id: 'about', label: '&About Faultline', click: () => actions.showAbout() }];
  return [item(actions, 'keys.show', '&Keyboard Shortcuts'), ...about];
}

/** macOS keeps what is about the program in a menu of its own. */
function applicationMenu(actions: MenuActions): MenuItemConstructorOptions {
  return menu('Faultline', [
    { id: 'about', label: 'About Faultline', click: () => actions.showAbout() },
    SEPARATOR,
    { role: 'services' },
    SEPARATOR,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    SEPARATOR,
    { role: 'quit' },
  ]);
}
