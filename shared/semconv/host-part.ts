/** Host names as telemetry writes them: with ports, schemes, brackets. */

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** The host of `host`, `host:port`, `[::1]:port` or `scheme://user@host:port/path`; '' when there is none. */
export function hostPart(address: string): string {
  let text = address.trim();
  const scheme = text.indexOf('://');
  if (scheme >= 0) text = text.slice(scheme + 3);
  const end = text.search(/[/?#]/);
  if (end >= 0) text = text.slice(0, end);
  text = text.slice(text.lastIndexOf('@') + 1);
  if (text.startsWith('[')) return text.slice(1, Math.max(text.indexOf(']'), 1));
  const colon = text.indexOf(':');
  // More than one colon without brackets is an IPv6 address, not a port.
  return colon >= 0 && text.indexOf(':', colon + 1) < 0 ? text.slice(0, colon) : text;
}

/** True for an IPv4 or IPv6 literal: an address that names no one in particular. */
export function isIpLiteral(host: string): boolean {
  return IPV4.test(host) || host.includes(':');
}
