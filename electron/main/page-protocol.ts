/**
 * Answers the page's own scheme: the files of the bundled page, listed once, and reports waiting to be printed. A request
 * names an entry or gets a 404, so no path can lead out of the bundle. Every answer carries the content policy.
 */
import { protocol } from 'electron';
import { readPageFiles } from '../../shared/serve/page-files.ts';
import type { PageFiles } from '../../shared/serve/page-files.ts';
import { securityHeaders } from '../../shared/serve/page-policy.ts';
import { isOfPage, PAGE_SCHEME, printIdOf } from './page-address.ts';

/** Before the program is ready, as Electron demands. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** HTML by the id in its address; `print-pdf.ts` puts a report in and takes it out again. */
export type PrintedReports = Map<string, string>;

/** Rejects with a sentence when there is no page in `pageFolder`. */
export async function servePage(pageFolder: string, reports: PrintedReports): Promise<void> {
  const files = await readPageFiles(pageFolder);
  protocol.handle(PAGE_SCHEME, (request) => answer(request, files, reports));
}

/** A report has styles of its own and pictures as data; nothing else, and no script. */
const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

function answer(request: Request, files: PageFiles, reports: PrintedReports): Response {
  const headers = securityHeaders(null);
  if (request.method !== 'GET') return new Response(null, { status: 405, headers });
  const report = reports.get(printIdOf(request.url) ?? '');
  if (report !== undefined) {
    return new Response(report, {
      headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': REPORT_POLICY },
    });
  }
  const file = isOfPage(request.url) ? files.get(URL.parse(request.url)?.pathname ?? '') : undefined;
  if (!file) return new Response('There is nothing here.', { status: 404, headers });
  return new Response(file.body.slice(), { headers: { ...headers, 'content-type': file.mediaType } });
}
