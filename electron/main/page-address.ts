/** Where the page lives: a scheme of our own, so that it has an origin of its own and no web server is involved. */

export const PAGE_SCHEME = 'faultline-app';
const PAGE_ORIGIN = `${PAGE_SCHEME}://page`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

/** The page itself, at any place of its hash route; no other document of its origin. */
export function isPageUrl(url: string): boolean {
  const { pathname, search } = URL.parse(url) ?? { pathname: '', search: '' };
  return isOfPage(url) && search === '' && (pathname === '/' || pathname === '/index.html');
}

/** True for whatever the page may load: its own files. */
export function isOfPage(url: string): boolean {
  // `URL.origin` is 'null' for schemes the parser does not know, so the text decides.
  return url === PAGE_ORIGIN || url.startsWith(PAGE_URL);
}

/** A report waiting to be printed; each has an address of its own, and an origin that is not the page's. */
const PRINT_URL = `${PAGE_SCHEME}://print/`;
export function printUrl(id: string): string {
  return PRINT_URL + id;
}
/** The id of the report behind an address, or null when it is none. */
export function printIdOf(url: string): string | null {
  return url.startsWith(PRINT_URL) ? url.slice(PRINT_URL.length) : null;
}
