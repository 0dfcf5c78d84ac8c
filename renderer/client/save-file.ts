/** A file for the person: through the host's own dialog where there is one, as a download in a browser. */
import type { HostClient } from './host-client.ts';

/** The browser reads the blob after this turn; a minute is ample. */
const READ_MS = 60_000;

/** Answers what to tell the person. Rejects when the file could not be written. */
export async function saveFile(
  host: HostClient,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  mediaType: string,
): Promise<string> {
  if (host.bridge.kind === 'desktop') {
    const procedures = await host.procedures();
    const { savedPath } = await procedures['host.saveFile']({ suggestedName: name, bytes });
    return savedPath === null ? 'Not saved.' : `Saved as ${savedPath}.`;
  }
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_MS);
  return `${name} is in your downloads.`;
}

/** The same for a text. */
export function saveText(host: HostClient, name: string, text: string, mediaType: string): Promise<string> {
  return saveFile(host, name, new TextEncoder().encode(text), `${mediaType};charset=utf-8`);
}
