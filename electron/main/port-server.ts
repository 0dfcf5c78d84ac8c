/**
 * Hands ports to pages. A request counts only when it comes from the main frame of a window of ours that shows the page;
 * whoever else writes into the channel is not answered.
 */
import { ipcMain, MessageChannelMain } from 'electron';
import type { IpcMainEvent, MessagePortMain } from 'electron';
import { hostContract } from '../../shared/contract/host-contract.ts';
import { PRODUCT_VERSION } from '../../shared/engine/product-version.ts';
import { serve } from '../../shared/rpc/server.ts';
import { PORT_CHANNEL, portRequestOf } from '../port-channel.ts';
import { hostHandlers } from './host-handlers.ts';
import type { HostServices } from './host-handlers.ts';
import { mainPort } from './message-port.ts';
import { isPageUrl } from './page-address.ts';
import type { PageWindow } from './page-window.ts';
import type { Workspaces } from './workspaces.ts';

export function servePorts(workspaces: Workspaces, services: HostServices): void {
  ipcMain.on(PORT_CHANNEL, (event, message: unknown) => {
    const request = portRequestOf(message);
    const found = isPageItself(event) ? workspaces.find(event.sender) : undefined;
    if (!request || !found) {
      console.error('faultline: a request for a port was refused; it did not come from the page.');
      return;
    }
    const port = request.kind === 'engine' ? found.engine.connect('host') : hostPort(found.page, services);
    event.sender.postMessage(PORT_CHANNEL, request.requestId, [port]);
  });
}

/** The frame that sent it, not just its window: an embedded frame has the same window. */
function isPageItself({ senderFrame, sender }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isPageUrl(senderFrame.url);
}

function hostPort({ window, commands }: PageWindow, services: HostServices): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  serve(hostContract, hostHandlers(window, commands, services), mainPort(port1), {
    engineVersion: PRODUCT_VERSION,
    scope: 'host',
    onBug: (error, procedure) => console.error(`faultline: ${procedure}:`, error),
  });
  return port2;
}
