/**
 * Texts as opaque words that only those with the case can read again: for addresses on a masked screen. The same text
 * gives the same word, so it is as good a reference as the text; a word that is damaged, or of another case, opens to null.
 *
 * Algorithm: ChaCha20 (RFC 8439, section 2.3) under the case's secret. The nonce follows from the text (keyed: the hash of
 * the text goes through ChaCha20 itself), stands before the cipher text, and is checked on opening. It keeps names from
 * people who look at the screen; it is not made for attackers who choose texts. Cost: linear, about 30 ns a byte.
 */
import { hashBytes64 } from '../base/hash64.ts';

export interface Seal {
  close(text: string): string;
  /** null = not closed by this seal. */
  open(sealed: string): string | null;
}

/** Begins every sealed text. */
export const SEALED_MARK = '~';
const NONCE_BYTES = 8;
const BLOCK_BYTES = 64;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** `secret`: 64 hex digits, random, kept with the case. Fails with a TypeError on anything else. */
export function createSeal(secret: string): Seal {
  if (!/^[0-9a-f]{64}$/.test(secret)) throw new TypeError('The secret of a seal is 64 hex digits.');
  const key = Uint32Array.from({ length: 8 }, (_, index) =>
    [3, 2, 1, 0].reduce(
      (word, byte) =>
        (word << 8) | Number.parseInt(secret.slice((index * 4 + byte) * 2, (index * 4 + byte) * 2 + 2), 16),
      0,
    ),
  );
  return {
    close(text) {
      const plain = new TextEncoder().encode(text);
      const nonce = nonceOf(key, plain);
      const sealed = new Uint8Array(NONCE_BYTES + plain.length);
      sealed.set(nonce);
      sealed.set(encrypted(key, nonce, plain), NONCE_BYTES);
      return SEALED_MARK + base64Url(sealed);
    },
    open(sealed) {
      const bytes = sealed.startsWith(SEALED_MARK) ? bytesOf(sealed.slice(1)) : null;
      if (!bytes || bytes.length < NONCE_BYTES) return null;
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const plain = encrypted(key, nonce, bytes.subarray(NONCE_BYTES));
      return nonceOf(key, plain).every((byte, index) => byte === nonce[index]) ? new TextDecoder().decode(plain) : null;
    },
  };
}

/** Counter at its greatest: no text is long enough to use that block. */
function nonceOf(key: Uint32Array, plain: Uint8Array): Uint8Array {
  const { high, low } = hashBytes64(plain);
  return chachaBlock(key, 0xffffffff, [high, low, plain.length]).slice(0, NONCE_BYTES);
}

/** Also decrypts. */
function encrypted(key: Uint32Array, nonce: Uint8Array, bytes: Uint8Array): Uint8Array {
  const words = new DataView(nonce.buffer, nonce.byteOffset, NONCE_BYTES);
  const nonceWords = [0, words.getUint32(0, true), words.getUint32(4, true)] as const;
  const out = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
    const stream = chachaBlock(key, start / BLOCK_BYTES, nonceWords);
    const end = Math.min(BLOCK_BYTES, bytes.length - start);
    for (let index = 0; index < end; index++) out[start + index] = (bytes[start + index] ?? 0) ^ (stream[index] ?? 0);
  }
  return out;
}

/** The 64 bytes of one block; `key` 8 words, `nonce` 3 words. */
export function chachaBlock(
  key: Uint32Array,
  counter: number,
  nonce: readonly [number, number, number],
): Uint8Array<ArrayBuffer> {
  const start = Uint32Array.of(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, ...key, counter, ...nonce);
  const state = start.slice();
  for (let round = 0; round < 10; round++) {
    for (let column = 0; column < 4; column++) quarterRound(state, column, column + 4, column + 8, column + 12);
    for (let column = 0; column < 4; column++) {
      quarterRound(state, column, 4 + ((column + 1) & 3), 8 + ((column + 2) & 3), 12 + ((column + 3) & 3));
    }
  }
  const block = new DataView(new ArrayBuffer(BLOCK_BYTES));
  state.forEach((word, index) => block.setUint32(index * 4, word + (start[index] ?? 0), true));
  return new Uint8Array(block.buffer);
}

function quarterRound(state: Uint32Array, a: number, b: number, c: number, d: number): void {
  const mix = (into: number, from: number, turned: number, by: number): void => {
    const sum = ((state[into] ?? 0) + (state[from] ?? 0)) >>> 0;
    state[into] = sum;
    const crossed = (state[turned] ?? 0) ^ sum;
    state[turned] = (crossed << by) | (crossed >>> (32 - by));
  };
  mix(a, b, d, 16);
  mix(c, d, b, 12);
  mix(a, b, d, 8);
  mix(c, d, b, 7);
}

function base64Url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = Math.min(3, bytes.length - at) + 1;
    for (let letter = 0; letter < letters; letter++) text += ALPHABET[(group >> (18 - 6 * letter)) & 63];
  }
  return text;
}

/** null when it is none, or not the one writing of its bytes. */
function bytesOf(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let buffered = 0;
  let bits = 0;
  let length = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    buffered = ((buffered << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) bytes[length++] = (buffered >> (bits -= 8)) & 0xff;
  }
  return base64Url(bytes) === text ? bytes : null;
}
