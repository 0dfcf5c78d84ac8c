/**
 * `faultline://` links: a place in a case, sent by a colleague or written into a chat. Anybody can make one, so a link
 * names a view and at most a case file; it starts nothing, imports nothing and reaches no other machine.
 *
 *     faultline://case?file=/cases/friday.faultline#/case?view=logs&range=…
 */
import { posix, win32 } from 'node:path';
import { pageRoute } from '../../shared/contract/host-contract.ts';

export const LINK_SCHEME = 'faultline';
const MAX_LINK_LENGTH = 16_384;

export interface DeepLink {
  /** Absolute path of a case file of this machine; null = the open case. */
  readonly caseFile: string | null;
  /** The page's route behind the `#`; `/case` when the link names none. */
  readonly route: string;
}

/** Null for whatever is no link of ours; such a text is then ignored, never guessed at. */
export function parseDeepLink(text: string, platform: NodeJS.Platform): DeepLink | null {
  if (text.length > MAX_LINK_LENGTH) return null;
  const url = URL.parse(text);
  if (!url || url.protocol !== `${LINK_SCHEME}:` || url.host !== 'case') return null;
  if (url.username !== '' || url.password !== '' || !['', '/'].includes(url.pathname)) return null;
  const names = [...url.searchParams.keys()];
  if (names.length > 1 || names.some((name) => name !== 'file')) return null;
  const route = pageRoute.safeParse(url.hash === '' ? '/case' : url.hash.slice(1));
  if (!route.success) return null;
  const file = url.searchParams.get('file');
  if (file !== null && !isCaseFileHere(file, platform)) return null;
  return { caseFile: file, route: route.data };
}

export const CASE_EXTENSION = '.faultline';

/** An absolute path of a case file on this machine: opening `\\host\share` would tell that host who we are. */
function isCaseFileHere(path: string, platform: NodeJS.Platform): boolean {
  const { isAbsolute, extname, normalize } = platform === 'win32' ? win32 : posix;
  const isPlain = path.length <= 4_096 && !path.includes('\0') && normalize(path) === path;
  const isNetwork = platform === 'win32' && /^[\\/]{2}/.test(path);
  return isPlain && isAbsolute(path) && !isNetwork && extname(path) === CASE_EXTENSION;
}
