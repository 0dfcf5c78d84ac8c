/** A file for the person: through the host's own dialog where there is one, as a download in a browser. */
import { ContractError } from '../../../shared/contract/contract-error.ts';
import type { HostClient } from '../../client/host-client.ts';

/** Answers what to tell the person. Rejects when the file could not be written. */
export async function saveText(host: HostClient, name: string, text: string, mediaType: string): Promise<string> {
  if (host.bridge.kind === 'desktop') {
    const procedures = await host.procedures();
    const bytes = new TextEncoder().encode(text);
    const { savedPath } = await procedures['host.saveFile']({ suggestedName: name, bytes });
    return savedPath === null ? 'Not saved.' : `Saved as ${savedPath}.`;
  }
  const url = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after this turn; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  if (!link.download) throw new ContractError('unimplemented', 'This browser cannot save files.');
  return `${name} is in your downloads.`;
}
