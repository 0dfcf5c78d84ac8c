/**
 * Calls to the program around the page. The port is opened when it is first needed and again after it was lost; a call
 * made while the host is away fails with `unavailable`.
 */
import { hostContract } from '../../shared/contract/host-contract.ts';
import type { HostContract } from '../../shared/contract/host-contract.ts';
import type { ClientProcedures } from '../../shared/contract/derived-types.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { HostBridge } from './host-bridge.ts';
import { freshId } from './fresh-id.ts';
import { watchedPort } from './watched-port.ts';

export interface HostClient {
  readonly bridge: HostBridge;
  /** Rejects when the host is not reachable. */
  procedures(): Promise<ClientProcedures<HostContract>>;
}

export function createHostClient(bridge: HostBridge): HostClient {
  let opened: Promise<ClientProcedures<HostContract>> | undefined;

  async function open(): Promise<ClientProcedures<HostContract>> {
    const port = watchedPort(await bridge.openHostPort(), () => (opened = undefined));
    const client = createClient(hostContract, port, { requestIdPrefix: `page-${freshId()}` });
    await client.hello;
    return client.procedures;
  }

  return {
    bridge,
    procedures() {
      opened ??= open().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
  };
}
