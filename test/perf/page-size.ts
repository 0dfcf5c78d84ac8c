/** What a browser loads before any view: index.html and all that it and its scripts import at once, gzipped. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Scripts and styles a document names. */
const NAMED = /<(?:script|link)\b[^>]*?(?:src|href)="([^"]+\.(?:js|css))"/g;
/** Static imports of a bundled script; `import(…)` is for later. */
const IMPORTED = /(?:^|[;}\s])(?:import|export)(?:[^"'();]*?from)?\s*["'](\.[^"']+\.js)["']/g;

export interface PageSize {
  readonly files: number;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** `folder` holds index.html. */
export function pageSize(folder: string): PageSize {
  const index = join(folder, 'index.html');
  const sizes = new Map<string, { readonly bytes: number; readonly gzipBytes: number }>();
  const visit = (path: string): void => {
    if (sizes.has(path)) return;
    const content = readFileSync(path);
    sizes.set(path, { bytes: content.length, gzipBytes: gzipSync(content, { level: 6 }).length });
    const pattern = path === index ? NAMED : path.endsWith('.js') ? IMPORTED : undefined;
    if (!pattern) return;
    for (const [, name = ''] of content.toString().matchAll(pattern)) visit(resolve(dirname(path), name));
  };
  visit(index);
  const all = [...sizes.values()];
  return {
    files: all.length,
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    gzipBytes: all.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0),
  };
}
