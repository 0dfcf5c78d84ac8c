/** Prints a report by Chromium itself, in a window nobody sees: no script, no preload, no network, no store. */
import { randomUUID } from 'node:crypto';
import { BrowserWindow } from 'electron';
import { printUrl } from './page-address.ts';
import type { PrintedReports } from './page-protocol.ts';

/** The bytes of a PDF, A4 unless the report's own style says otherwise. */
export async function printPdf(html: string, reports: PrintedReports): Promise<Uint8Array> {
  const id = randomUUID();
  reports.set(id, html);
  const window = new BrowserWindow({
    show: false,
    width: 800,
    height: 1130,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  try {
    await window.loadURL(printUrl(id));
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    reports.delete(id);
    window.destroy();
  }
}
