/**
 * The page as the host serves it: a list made once, of the files that were there when it was made. A request names an
 * entry of the list or nothing, so no request can reach any other file, however its path is spelt.
 */
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export interface PageFile {
  readonly body: Uint8Array;
  readonly mediaType: string;
  /** The name carries a hash of the content: whoever has it never needs to ask again. */
  readonly isImmutable: boolean;
}
/** By the path of a request as it stands on the wire, `/` for the page itself. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const HASHED = /^\/assets\/[\w.-]+-[\w-]{8}\.\w+(\.map)?$/;

/** Reads the bundle of the page; fails with a sentence when there is none. Files of a kind we do not know are left out. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const mediaType = MEDIA_TYPES[extname(entry.name)];
    // A symbolic link is no file here, so that the list cannot lead out of the folder.
    if (!entry.isFile() || mediaType === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length).replaceAll(sep, '/');
    files.set(path.startsWith('/') ? path : `/${path}`, {
      body: await readFile(file),
      mediaType,
      isImmutable: HASHED.test(path),
    });
  }
  const index = files.get('/index.html');
  if (!index) throw new Error(`There is no page in ${folder}. Run \`npm run build\`, or install Faultline again.`);
  return files.set('/', index);
}
