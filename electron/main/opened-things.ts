/** What a program was started with: case files, deep links, and paths to import. */
import { extname, resolve } from 'node:path';
import type { HostCommand } from '../../shared/contract/host-contract.ts';
import { CASE_EXTENSION, LINK_SCHEME, parseDeepLink } from './deep-link.ts';

export type OpenedThing = Exclude<HostCommand, { type: 'menu' }>;

/**
 * Reads arguments in the order given; relative paths are of `folder`. Switches of Chromium and Electron (`--…`) are not
 * ours. All paths to import become one import.
 */
export function openedThings(
  programArguments: readonly string[],
  folder: string,
  platform: NodeJS.Platform,
): readonly OpenedThing[] {
  const things: OpenedThing[] = [];
  const paths: string[] = [];
  for (const argument of programArguments) {
    if (argument === '' || argument.startsWith('-')) continue;
    if (argument.toLowerCase().startsWith(`${LINK_SCHEME}:`)) {
      const link = parseDeepLink(argument, platform);
      if (link) things.push({ type: 'openLink', ...link });
    } else if (extname(argument) === CASE_EXTENSION) {
      things.push({ type: 'openCase', caseFile: resolve(folder, argument) });
    } else {
      paths.push(resolve(folder, argument));
    }
  }
  if (paths.length > 0) things.push({ type: 'importPaths', paths: paths.slice(0, 10_000) });
  return things;
}
