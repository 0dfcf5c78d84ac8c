/**
 * Where a file handed over by a browser goes inside its folder. The name comes from a stranger's bundle: whatever it
 * says, the place lies inside that folder and its parts are names that every file system takes.
 */

const MAX_SEGMENTS = 40;
const MAX_SEGMENT_BYTES = 200;
const MAX_ENCODED_LENGTH = 8_192;
/** Control characters, separators of direction, and what Windows refuses in names. */
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069<>:"|?*]/g;
const WINDOWS_DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Names from the outermost folder to the file; or, as text, what is wrong with the path. */
export function stagedPathOf(encodedPath: string | undefined): readonly string[] | string {
  if (encodedPath === undefined || encodedPath === '') return 'The header x-faultline-path names no file.';
  if (encodedPath.length > MAX_ENCODED_LENGTH) return 'The path of the file is too long.';
  const path = decoded(encodedPath);
  if (path === undefined) return 'The header x-faultline-path is not encoded as a URI component.';
  const segments = path.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return 'The path leads out of its folder.';
  if (segments.length === 0) return 'The header x-faultline-path names no file.';
  if (segments.length > MAX_SEGMENTS) return `The path has more than ${MAX_SEGMENTS} folders.`;
  return segments.map(fitName);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The name with what is unfit replaced; its end, which says what kind of file it is, survives a cut. */
function fitName(name: string): string {
  const fit = name.replaceAll(UNFIT, '_').replace(/[. ]+$/, '_');
  const named = WINDOWS_DEVICES.test(fit) ? `_${fit}` : fit;
  if (Buffer.byteLength(named) <= MAX_SEGMENT_BYTES) return named;
  const extension = /\.[\w.]{1,20}$/.exec(named)?.[0] ?? '';
  const characters = [...named.slice(0, named.length - extension.length)];
  while (Buffer.byteLength(characters.join('')) + extension.length > MAX_SEGMENT_BYTES) characters.pop();
  return characters.join('') + extension;
}
