/** Chromium's permissions set to what the program's check handler answers. */
import { session } from './session.ts';

/** Chromium's name of each permission and Electron's name for the same. */
const PERMISSIONS: readonly (readonly [chromium: string, electron: string])[] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
];

export function allowedPermissions(): readonly { readonly name: string; readonly isAllowed: boolean }[] {
  return PERMISSIONS.map(([name, electron]) => ({
    name,
    isAllowed: session.defaultSession.permissionCheck(null, electron),
  }));
}
