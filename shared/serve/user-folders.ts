/** Where programs keep what is a user's own on each platform. FAULTLINE_HOME overrides it, for tests and for two lives on one machine. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface UserFolders {
  /** New cases that were given no place. */
  readonly cases: string;
  /** What Faultline remembers between runs: recent cases. */
  readonly state: string;
}

export function userFolders(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): UserFolders {
  const home = env['FAULTLINE_HOME'] ? resolve(env['FAULTLINE_HOME']) : platformFolder(env, platform);
  return { cases: join(home, 'cases'), state: join(home, 'state') };
}

function platformFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Faultline');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Faultline');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'faultline');
}
