/**
 * The headers under which the page runs, on every host. Bundle content is hostile: were a name from it ever taken for
 * markup, this policy leaves it nothing to load, run, send or embed.
 */

/** Everything off; then what the page itself needs, from its own origin only. */
const DIRECTIVES: readonly (readonly [name: string, value: string])[] = [
  ['default-src', "'none'"],
  ['script-src', "'self'"],
  ['style-src', "'self'"],
  // Pictures of the graph are drawn into blobs before they are saved.
  ['img-src', "'self' data: blob:"],
  ['font-src', "'self'"],
  // The layout of the graph runs on a worker of the page's own.
  ['worker-src', "'self'"],
  ['base-uri', "'none'"],
  ['frame-ancestors', "'none'"],
  ['form-action', "'none'"],
];

/** `socketOrigin` (`ws://127.0.0.1:4100`) where the page's ports are sockets; null where they come another way. */
export function contentSecurityPolicy(socketOrigin: string | null): string {
  const connect = socketOrigin === null ? "'self'" : `'self' ${socketOrigin}`;
  return [...DIRECTIVES, ['connect-src', connect]].map(([name, value]) => `${name} ${value}`).join('; ');
}

/** Sent with every answer, errors as well. No header here ever allows another origin anything. */
export function securityHeaders(socketOrigin: string | null): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(socketOrigin),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=(), display-capture=()',
  };
}
