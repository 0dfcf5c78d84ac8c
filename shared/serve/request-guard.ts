/**
 * Where a request comes from and whom it was meant for, checked before anything else looks at it. A web page of
 * strangers can make a browser on this machine send requests here, under its own name (DNS rebinding) or ours; what it
 * cannot choose are the Host and Origin that the browser writes.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

export interface RequestPlace {
  /** `127.0.0.1:4100`, as the request spelt it; one of our own names. */
  readonly host: string;
  /** From this machine to this machine. */
  readonly isLocal: boolean;
}
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

export interface GuardOptions {
  /** Names other than addresses under which guests may ask, in lower case; none without sharing. */
  readonly sharedNames: ReadonlySet<string>;
}

/**
 * The place of a request, or why it is refused. `isOriginNeeded` for what a plain link cannot ask for (sockets,
 * uploads): browsers then always say who asks.
 */
export function placeOf(
  request: IncomingMessage,
  { sharedNames }: GuardOptions,
  isOriginNeeded: boolean,
): RequestPlace | Refusal {
  const { localAddress = '', localPort = 0, remoteAddress = '' } = request.socket;
  const isLocal = isLoopback(plainAddress(remoteAddress)) && isLoopback(plainAddress(localAddress));
  const host = (request.headers.host ?? '').toLowerCase();
  if (!isOwnHost(host, plainAddress(localAddress), localPort, isLocal ? LOOPBACK_NAMES : sharedNames)) {
    return { status: 421, message: 'This address is not one of this host. Use the link that Faultline printed.' };
  }
  const { origin } = request.headers;
  if (origin === undefined ? isOriginNeeded : origin !== `http://${host}`) {
    return { status: 403, message: 'Another page asked. Only the page of this host may.' };
  }
  return { host, isLocal };
}

export function isRefusal(place: RequestPlace | Refusal): place is Refusal {
  return 'status' in place;
}

const HTTP_PORT = 80;
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost']);

/**
 * The address the connection really came in on, or a name we know to be ours. A literal address cannot be rebound, and
 * a name that a stranger registered is none of these.
 */
function isOwnHost(host: string, localAddress: string, localPort: number, names: ReadonlySet<string>): boolean {
  const address = isIP(localAddress) === 6 ? `[${localAddress}]` : localAddress;
  // Browsers leave out the port that http has anyway.
  const port = localPort === HTTP_PORT ? '' : `:${localPort}`;
  if (!host.endsWith(port)) return false;
  const name = host.slice(0, host.length - port.length);
  return name === address || names.has(name);
}

/** An IPv4 address as such where the socket shows it inside IPv6. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}
