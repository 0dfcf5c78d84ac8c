/**
 * Names that nobody else has. Not `crypto.randomUUID`: browsers keep that back from pages over plain HTTP, which is how
 * guests of a shared screen come in.
 */

/** 128 random bits as 32 hexadecimal digits. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
