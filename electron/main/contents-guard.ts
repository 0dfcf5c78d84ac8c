/** Every page of the program stays where it is: no navigation, no new window, no embedded page. */
import { dialog, shell } from 'electron';
import type { WebContents } from 'electron';
import { documentationUrl } from './external-links.ts';
import { isPageUrl } from './page-address.ts';

export function guardContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    // A reload of the page itself, and a change of its hash, are no way out.
    if (!isPageUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void offerDocumentation(url);
    return { action: 'deny' };
  });
}

/** Opens a page of documentation in the system's browser if it is on the list and the person agrees. */
async function offerDocumentation(text: string): Promise<void> {
  const url = documentationUrl(text);
  if (url === null) return;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Open this page in your browser?',
    detail: `${url}\n\nIt leaves Faultline, which itself never uses the network.`,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  if (response === 0) await shell.openExternal(url);
}
