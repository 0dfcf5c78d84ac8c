/** The transports under test. Each gives a fresh pair of joined ports and a way to tidy up. */
import { MessageChannel } from 'node:worker_threads';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { createMemoryPorts } from '../../shared/rpc/memory-port.ts';
import type { Port } from '../../shared/rpc/port.ts';
import { messageChannelPort } from '../../shared/serve/message-channel-port.ts';
import { webSocketPort } from '../../shared/serve/web-socket-port.ts';

export interface PortPair {
  readonly client: Port;
  readonly server: Port;
  readonly tidy: () => Promise<void>;
}
export interface Transport {
  readonly name: string;
  readonly connect: () => Promise<PortPair>;
}

export const transports: readonly Transport[] = [
  {
    name: 'memory',
    connect: async () => {
      const [client, server] = createMemoryPorts();
      return { client, server, tidy: async () => client.close() };
    },
  },
  {
    name: 'MessageChannel',
    connect: async () => {
      const { port1, port2 } = new MessageChannel();
      return {
        client: messageChannelPort(port1),
        server: messageChannelPort(port2),
        tidy: async () => port1.close(),
      };
    },
  },
  { name: 'WebSocket', connect: connectWebSocket },
];

export async function listenWebSocket(): Promise<{ readonly server: WebSocketServer; readonly url: string }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function connectWebSocket(): Promise<PortPair> {
  const { server, url } = await listenWebSocket();
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
  const socket = new WebSocket(url);
  const client = webSocketPort(socket);
  const port = webSocketPort(await accepted);
  return {
    client,
    server: port,
    tidy: () =>
      new Promise((resolve) => {
        socket.terminate();
        for (const other of server.clients) other.terminate();
        server.close(() => resolve());
      }),
  };
}
