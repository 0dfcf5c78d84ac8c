/**
 * What a browser is answered over HTTP: the link with a token, the files of the page, uploads. Everything but the link
 * needs a session, and every answer carries the same strict headers.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { securityHeaders } from './page-policy.ts';
import type { PageFiles } from './page-files.ts';
import { isRefusal, placeOf } from './request-guard.ts';
import type { GuardOptions, RequestPlace } from './request-guard.ts';
import { cookieHeader, sessionSecretOf } from './session-cookie.ts';
import type { Session, Sessions } from './sessions.ts';
import { StagingError } from './staging-folder.ts';
import type { StagingFolder } from './staging-folder.ts';
import { receiveUpload } from './upload-route.ts';

export interface PageRoutesOptions {
  readonly files: PageFiles;
  readonly sessions: Sessions;
  readonly staging: StagingFolder;
  readonly guard: GuardOptions;
  readonly uploadIdleMs: number;
  /** Gets what nobody foresaw. */
  readonly onBug: (error: unknown, where: string) => void;
}

const NO_SESSION = 'This page needs a session. Open the link that Faultline printed when it started.';
const LINGER_MS = 5_000;
const TOKEN = /^\/\?token=([\w-]{1,200})$/;

export class PageRoutes {
  readonly #options: PageRoutesOptions;

  constructor(options: PageRoutesOptions) {
    this.#options = options;
  }

  /** Answers a request, whatever it holds; never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    const isUpload = url === '/upload';
    const place = placeOf(request, this.#options.guard, isUpload);
    const socketOrigin = isRefusal(place) ? null : `ws://${place.host}`;
    for (const [name, value] of Object.entries(securityHeaders(socketOrigin))) response.setHeader(name, value);
    if (isRefusal(place)) return answerText(response, place.status, place.message);
    const secret = sessionSecretOf(request);
    const session = this.#options.sessions.find(secret, place.isLocal);
    if (isUpload) return this.#upload(request, response, session);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return answerText(response, 405, 'This address is only read.');
    }
    const token = TOKEN.exec(url)?.[1];
    if (token !== undefined) return this.#exchange(request, response, place, session, token);
    if (!session) return answerText(response, 401, NO_SESSION);
    this.#answerFile(request, response, url);
  }

  #answerFile(request: IncomingMessage, response: ServerResponse, url: string): void {
    const file = this.#options.files.get(url);
    if (!file) return answerText(response, 404, 'There is nothing at this address.');
    response.writeHead(200, {
      'content-type': file.mediaType,
      'content-length': file.body.byteLength,
      'cache-control': file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  /** A token for a session, once: then on to the page, under an address that can be shown to anybody. */
  #exchange(
    request: IncomingMessage,
    response: ServerResponse,
    place: RequestPlace,
    session: Session | undefined,
    token: string,
  ): void {
    // Looking ahead (link previews, prefetching) must not use the owner's token up.
    if (request.method !== 'GET' || isPrefetch(request)) return answerText(response, 405, 'Open this link itself.');
    // A guest's browser on this machine may be the owner's as well; anybody else has what a link could give.
    if (session && (session.scope === 'operator' || !place.isLocal)) return goToPage(request, response);
    const opened = this.#options.sessions.exchange(token, place.isLocal);
    if (!opened) {
      if (session) return goToPage(request, response);
      const message = 'This link was used before, or is no longer valid. Start Faultline again for a new one.';
      return answerText(response, 401, message);
    }
    response.setHeader('set-cookie', cookieHeader(request, opened.secret));
    goToPage(request, response);
  }

  async #upload(request: IncomingMessage, response: ServerResponse, session: Session | undefined): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      return answerText(response, 405, 'Files are handed over by POST.');
    }
    if (session?.scope !== 'operator') {
      return answerText(response, session ? 403 : 401, session ? 'Only the owner can hand over files.' : NO_SESSION);
    }
    try {
      await receiveUpload(request, response, this.#options.staging, this.#options.uploadIdleMs);
    } catch (error) {
      if (response.headersSent || response.destroyed) return;
      if (!(error instanceof StagingError)) this.#options.onBug(error, '/upload');
      const isKnown = error instanceof StagingError;
      const message = isKnown ? error.message : 'The file could not be taken in. The log of Faultline says more.';
      readOn(request);
      answerText(response, isKnown ? error.status : 500, message);
    }
  }
}

function isPrefetch(request: IncomingMessage): boolean {
  const purpose = request.headers['sec-purpose'] ?? request.headers['purpose'] ?? '';
  return String(purpose).includes('prefetch');
}

/**
 * On to `/`. A link opened from another site ends in a page of ours that moves on by itself: after a redirect the
 * browser would still count the request as that site's and keep the strict cookie back.
 */
function goToPage(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('cache-control', 'no-store');
  if (request.headers['sec-fetch-site'] !== 'cross-site') {
    response.writeHead(303, { location: '/' });
    response.end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Faultline</title><p><a href="/">Faultline</a></p>\n',
  );
}

/** Lets a sender finish its sentence for a moment: a connection cut at once would take the answer with it. */
function readOn(request: IncomingMessage): void {
  const cut = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(cut));
  request.on('error', () => undefined).resume();
}

/** A refusal ends the connection: whatever body is still on its way is not waited for. */
function answerText(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`${message}\n`);
}
