/**
 * Member names of archives come from strangers. Nothing is ever written under such a name; even so, the path shown and
 * stored must not point outside the archive, nor hide what it was.
 */
export interface SafeEntryPath {
  /** `/`-separated, relative, without `.`, `..`, drive letters and control characters; never ''. */
  readonly path: string;
  /** The name tried to leave the archive. */
  readonly isEscape: boolean;
}

const DRIVE = /^[A-Za-z]:/;
// Control characters could forge lines on a terminal; separators of direction could disguise a name.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export function safeEntryPath(name: string): SafeEntryPath {
  const slashed = name.replaceAll('\\', '/');
  const hasDrive = DRIVE.test(slashed);
  const segments = slashed.replace(DRIVE, '').split('/');
  const isEscape = hasDrive || slashed.startsWith('/') || segments.includes('..');
  const kept = segments
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
    .map((segment) => segment.replaceAll(UNPRINTABLE, '\ufffd'));
  return { path: kept.length === 0 ? 'unnamed' : kept.join('/'), isEscape };
}

/** A hostile name made fit for a sentence: quoted, unprintable characters escaped, at most 200 characters. */
export function quotedName(name: string): string {
  const printable = name.replaceAll(UNPRINTABLE, '\ufffd');
  return `“${printable.length > 200 ? `${printable.slice(0, 200)}…` : printable}”`;
}
