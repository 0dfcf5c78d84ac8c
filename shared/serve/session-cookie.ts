/**
 * The cookie that shows a session. Browsers share cookies between the ports of one address, so the name carries the
 * port: two hosts on one machine do not sign each other out.
 */
import type { IncomingMessage } from 'node:http';

const SECRET = /^[\w-]{20,200}$/;

function cookieName(request: IncomingMessage): string {
  return `faultline-${request.socket.localPort ?? 0}`;
}

/** Not for scripts, not for requests that another site starts; gone when the browser ends. */
export function cookieHeader(request: IncomingMessage, secret: string): string {
  return `${cookieName(request)}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
}

export function sessionSecretOf(request: IncomingMessage): string | undefined {
  const prefix = `${cookieName(request)}=`;
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const value = cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
  return value !== undefined && SECRET.test(value) ? value : undefined;
}
