/**
 * What pages may do, whatever gets into them: nothing leaves the machine, nothing is granted. The engine has no network
 * either; it is a process without a socket.
 */
import type { Session } from 'electron';
import { PAGE_SCHEME } from './page-address.ts';

/** Putting text on the clipboard after a click, and the whole screen for presenting. No other permission exists here. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Addresses that reach no network: our own files, and bytes the page made itself. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set([`${PAGE_SCHEME}:`, 'blob:', 'data:']);

export function isLocalUrl(url: string, hasDeveloperTools: boolean): boolean {
  const scheme = url.slice(0, url.indexOf(':') + 1);
  return LOCAL_SCHEMES.has(scheme) || (hasDeveloperTools && scheme === 'devtools:');
}

export function isGranted(permission: string): boolean {
  return GRANTED.has(permission);
}

export function guardSession(session: Session, hasDeveloperTools: boolean): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isGranted(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !isLocalUrl(request.url, hasDeveloperTools) });
  });
  session.on('will-download', (event) => event.preventDefault());
}
