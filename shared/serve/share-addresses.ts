/** Under which addresses and names other machines reach this one. */
import { hostname, networkInterfaces } from 'node:os';
import { isIP } from 'node:net';

/** Listening on this means every interface. */
export const EVERY_INTERFACE = '0.0.0.0';

/** Addresses for links, those of IPv4 first; `address` itself unless it stands for all. */
export function sharedAddresses(address: string): readonly string[] {
  if (address !== EVERY_INTERFACE && address !== '::') return [address];
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const family = address === '::' ? ['IPv4', 'IPv6'] : ['IPv4'];
  return all
    .filter((found) => !found.internal && family.includes(found.family) && !found.address.startsWith('fe80:'))
    .map((found) => found.address);
}

/** Names that guests may use instead of an address: this machine's own. */
export function sharedNames(): ReadonlySet<string> {
  const name = hostname().toLowerCase();
  return new Set(name === '' ? [] : [name, `${name.split('.')[0]}.local`]);
}

/** An address as it stands in a link. */
export function hostOf(address: string, port: number): string {
  return `${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
}
