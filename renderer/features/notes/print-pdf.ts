/**
 * PDF by Chromium's own printing: the desktop host prints the document to a file; in a browser tab the print dialog opens
 * on it (`.notes-printed`, the only thing on paper), where “Save as PDF” is one of the printers.
 */
import type { HostClient } from '../../client/host-client.ts';

/** Answers what to tell the person. */
export async function printPdf(host: HostClient, name: string, html: () => Promise<string>): Promise<string> {
  if (host.bridge.kind === 'desktop') {
    const procedures = await host.procedures();
    const { savedPath } = await procedures['host.printPdf']({ suggestedName: name, html: await html() });
    return savedPath === null ? 'Not saved.' : `Saved as ${savedPath}.`;
  }
  window.print();
  return 'Choose “Save as PDF” in the print dialog.';
}
