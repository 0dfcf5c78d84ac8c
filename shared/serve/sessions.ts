/**
 * Who may use this host. A token from a link is exchanged for a session, which the browser shows by a cookie from then
 * on. Invariants: the owner's token works once; only digests of secrets are kept, and compared in constant time; a
 * session ends after its time, whatever it does; nothing outlives the process.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Scope } from '../contract/procedure.ts';

export interface Session {
  readonly scope: Extract<Scope, 'viewer' | 'operator'>;
  /** Milliseconds of the clock handed in; the session is over from then on. */
  readonly expiresMs: number;
}
interface StoredSession extends Session {
  readonly digest: Buffer;
  lastUsedMs: number;
}
interface OwnerToken {
  readonly digest: Buffer;
  readonly expiresMs: number;
}

const HOUR_MS = 3_600_000;
/** An incident with its review fits; a laptop forgotten for a weekend does not. */
const OWNER_LIFETIME_MS = 48 * HOUR_MS;
const VIEWER_LIFETIME_MS = 12 * HOUR_MS;
const OWNER_TOKEN_LIFETIME_MS = 12 * HOUR_MS;
const MAX_OWNER_SESSIONS = 20;
const MAX_VIEWER_SESSIONS = 200;
const MAX_OWNER_TOKENS = 20;
/** 256 bits: nobody guesses one. */
const SECRET_BYTES = 32;

export interface SessionsOptions {
  /** Unix milliseconds: a laptop that slept has aged. */
  readonly nowMs: () => number;
  /** Whether there is a link for guests at all. */
  readonly isShared: boolean;
}

export class Sessions {
  readonly #nowMs: () => number;
  readonly #sessions = new Map<string, StoredSession>();
  #ownerTokens: OwnerToken[] = [];
  /** Works for as many guests as the room holds, until the host ends; null without sharing. */
  readonly viewerToken: string | null;
  readonly #viewerDigest: Buffer | null;

  constructor({ nowMs, isShared }: SessionsOptions) {
    this.#nowMs = nowMs;
    this.viewerToken = isShared ? newSecret() : null;
    this.#viewerDigest = this.viewerToken === null ? null : digestOf(this.viewerToken);
  }

  /** A token for the owner's link. It works once, for half a day. */
  newOwnerToken(): string {
    const token = newSecret();
    const fresh = { digest: digestOf(token), expiresMs: this.#nowMs() + OWNER_TOKEN_LIFETIME_MS };
    this.#ownerTokens = [...this.#ownerTokens, fresh].slice(-MAX_OWNER_TOKENS);
    return token;
  }

  /**
   * The secret of a new session, or undefined when the token is not, or no longer, worth one. The owner's token is used
   * up by this, but only on the owner's machine: `isLocal` is whether the request came from there.
   */
  exchange(token: string, isLocal: boolean): { readonly secret: string; readonly session: Session } | undefined {
    const digest = digestOf(token);
    if (isLocal && this.#takeOwnerToken(digest)) return this.#open('operator', OWNER_LIFETIME_MS, MAX_OWNER_SESSIONS);
    if (this.#viewerDigest === null || !timingSafeEqual(digest, this.#viewerDigest)) return undefined;
    return this.#open('viewer', VIEWER_LIFETIME_MS, MAX_VIEWER_SESSIONS);
  }

  /** The session with this secret, unless it is over. The owner's is not known from another machine. */
  find(secret: string | undefined, isLocal: boolean): Session | undefined {
    if (secret === undefined) return undefined;
    const digest = digestOf(secret);
    const stored = this.#sessions.get(digest.toString('hex'));
    if (!stored || !timingSafeEqual(digest, stored.digest)) return undefined;
    const nowMs = this.#nowMs();
    if (stored.expiresMs <= nowMs) {
      this.#sessions.delete(digest.toString('hex'));
      return undefined;
    }
    if (stored.scope === 'operator' && !isLocal) return undefined;
    stored.lastUsedMs = nowMs;
    return stored;
  }

  #takeOwnerToken(digest: Buffer): boolean {
    const nowMs = this.#nowMs();
    const isTaken = this.#ownerTokens.filter((token) => timingSafeEqual(token.digest, digest));
    this.#ownerTokens = this.#ownerTokens.filter((token) => !isTaken.includes(token) && token.expiresMs > nowMs);
    return isTaken.some(({ expiresMs }) => expiresMs > nowMs);
  }

  #open(
    scope: Session['scope'],
    lifetimeMs: number,
    most: number,
  ): { readonly secret: string; readonly session: Session } {
    this.#makeRoom(scope, most);
    const secret = newSecret();
    const digest = digestOf(secret);
    const nowMs = this.#nowMs();
    const session = { scope, expiresMs: nowMs + lifetimeMs, digest, lastUsedMs: nowMs };
    this.#sessions.set(digest.toString('hex'), session);
    return { secret, session };
  }

  /** Whoever was away longest makes room. */
  #makeRoom(scope: Session['scope'], most: number): void {
    const same = [...this.#sessions].filter(([, session]) => session.scope === scope);
    if (same.length < most) return;
    const [longestAway] = same.toSorted(([, a], [, b]) => a.lastUsedMs - b.lastUsedMs);
    if (longestAway) this.#sessions.delete(longestAway[0]);
  }
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
