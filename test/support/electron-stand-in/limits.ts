/** What the stand-in cannot show. Printed whenever it is used, so that nobody takes its green for Electron's. */
export const CANNOT_SHOW: readonly string[] = [
  'the sandbox of the operating system, fuses, loading from an asar archive and its integrity',
  'context isolation (the preload script shares the page’s world)',
  'the real origin of the page (its scheme is served as http://….localhost) and the cost of Electron’s own IPC',
  'native menus, their accelerators and native dialogs (tests read and answer them as data)',
  'permission prompts (answers of the check handler are handed to Chromium), webviews, downloads',
  'displays, window managers, focus and minimising; the single-instance lock is one of its own',
  'requests of web workers at the network guard (the content policy still holds them)',
  'safeStorage, auto-update, GPU',
];

export function noticeOfLimits(): string {
  return `electron stand-in: plain Node with windows in real Chromium. It cannot show:\n${CANNOT_SHOW.map((line) => `  - ${line}\n`).join('')}`;
}
