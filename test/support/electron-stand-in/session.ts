/** The one session: what the program forbids, kept until windows ask. */
import { EventEmitter } from 'node:events';

type RequestListener = (
  request: { readonly url: string; readonly method: string; readonly resourceType: string },
  decide: (answer: { readonly cancel?: boolean }) => void,
) => void;
type PermissionCheck = (contents: unknown, permission: string) => boolean;

export class Session extends EventEmitter {
  permissionCheck: PermissionCheck = () => true;
  #onBeforeRequest: RequestListener | undefined;
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => {
      this.#onBeforeRequest = listener;
    },
  };

  setPermissionRequestHandler(): void {
    // Prompts never appear in headless Chromium; the check handler decides (limits.ts).
  }
  setPermissionCheckHandler(check: PermissionCheck): void {
    this.permissionCheck = check;
  }
  setDevicePermissionHandler(): void {
    // There are no devices to ask for in headless Chromium.
  }

  /** True when the program lets a request pass. */
  isRequestAllowed(url: string, method: string): Promise<boolean> {
    const listener = this.#onBeforeRequest;
    if (!listener) return Promise.resolve(true);
    return new Promise((resolve) => {
      listener({ url, method, resourceType: 'other' }, ({ cancel }) => resolve(cancel !== true));
    });
  }
}

export const session = { defaultSession: new Session() };
/** For tests: what the network guard cancelled. */
export const blockedRequests: string[] = [];
