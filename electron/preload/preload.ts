/**
 * Runs before the page, in a world of its own. Hands message ports to the page and tells the path of a dropped file;
 * nothing of Electron or Node passes, and no event object does.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { DESKTOP_BRIDGE } from '../../shared/contract/desktop-bridge.ts';
import type { DesktopBridge, PortDelivery } from '../../shared/contract/desktop-bridge.ts';
import { PORT_CHANNEL, portRequestOf } from '../port-channel.ts';

const bridge: DesktopBridge<File> = {
  requestPort(kind, requestId) {
    const request = portRequestOf({ kind, requestId });
    if (request) ipcRenderer.send(PORT_CHANNEL, request);
  },
  pathOfFile: (file) => webUtils.getPathForFile(file),
};

ipcRenderer.on(PORT_CHANNEL, ({ ports }, requestId: string) => {
  const delivery: PortDelivery = { type: 'faultline:port', requestId };
  // Only this very page: were the window led elsewhere, the port would go nowhere.
  window.postMessage(delivery, window.location.origin, [...ports]);
});

contextBridge.exposeInMainWorld(DESKTOP_BRIDGE, bridge);
