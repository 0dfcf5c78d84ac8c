/**
 * Where this host keeps what is a user's own. FAULTLINE_HOME puts all of it into one folder, for tests and for two lives
 * on one machine.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { recentCasesFile } from '../engine/api/recent-cases.ts';

export interface UserFolders {
  /** New cases that were given no place. */
  readonly cases: string;
  readonly recentCasesFile: string;
}

export function userFolders(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): UserFolders {
  const home = environment['FAULTLINE_HOME'];
  if (home) {
    return { cases: join(resolve(home), 'cases'), recentCasesFile: join(resolve(home), 'recent-cases.json') };
  }
  return {
    cases: join(platformFolder(environment, platform), 'cases'),
    recentCasesFile: recentCasesFile(environment, platform),
  };
}

function platformFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Faultline');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Faultline');
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'faultline');
}
