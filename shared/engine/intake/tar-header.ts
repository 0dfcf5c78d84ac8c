/**
 * Tar header blocks: POSIX.1-1988 ustar, its pax successor (POSIX.1-2001, "pax Interchange Format") and GNU tar's
 * base-256 numbers (GNU tar manual, "Basic Tar Format").
 */
export const TAR_BLOCK_BYTES = 512;

export interface TarHeader {
  readonly name: string;
  readonly sizeBytes: number;
  /** Seconds since 1970; NaN when unreadable. */
  readonly modifiedSeconds: number;
  /** The type flag as a character; '0' for the old '\0'. */
  readonly typeFlag: string;
  readonly linkName: string;
}

const CHECKSUM_OFFSET = 148;
const CHECKSUM_BYTES = 8;

/** True for a block whose checksum holds and that names something: a chance of 1 in 65,000 for noise, none for text. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK_BYTES || block[0] === 0) return false;
  const stated = numberAt(block, CHECKSUM_OFFSET, CHECKSUM_BYTES);
  let unsigned = 0;
  let signed = 0;
  for (let index = 0; index < TAR_BLOCK_BYTES; index++) {
    const isChecksum = index >= CHECKSUM_OFFSET && index < CHECKSUM_OFFSET + CHECKSUM_BYTES;
    const byte = isChecksum ? 0x20 : (block[index] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  // Some old tars summed signed characters.
  return stated === unsigned || stated === signed;
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** `block` must be a header. */
export function parseTarHeader(block: Uint8Array): TarHeader {
  const flag = block[156] ?? 0;
  // The prefix exists in POSIX ustar only; GNU tar (`ustar  `) keeps other things there.
  const isPosix = textAt(block, 257, 6) === 'ustar' && block[262] === 0;
  const prefix = isPosix ? textAt(block, 345, 155) : '';
  const name = textAt(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    sizeBytes: numberAt(block, 124, 12),
    modifiedSeconds: numberAt(block, 136, 12),
    typeFlag: flag === 0 ? '0' : String.fromCharCode(flag),
    linkName: textAt(block, 157, 100),
  };
}

/** Records of a pax header: `length key=value\n`, the length counting itself. Malformed ones end the list. */
export function parsePaxRecords(data: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  let offset = 0;
  while (offset < data.length) {
    const blank = data.indexOf(0x20, offset);
    if (blank < 0) break;
    const length = Number(decode(data.subarray(offset, blank)));
    if (!Number.isSafeInteger(length) || length <= blank - offset || offset + length > data.length) break;
    const record = decode(data.subarray(blank + 1, offset + length - 1));
    const equals = record.indexOf('=');
    if (equals < 0) break;
    records.set(record.slice(0, equals), record.slice(equals + 1));
    offset += length;
  }
  return records;
}

export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function textAt(block: Uint8Array, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return decode(end < 0 ? field : field.subarray(0, end));
}

/** Octal text, or base-256 when the top bit is set; NaN when it is neither. */
function numberAt(block: Uint8Array, offset: number, length: number): number {
  const first = block[offset] ?? 0;
  if ((first & 0x80) !== 0) {
    let value = first & 0x7f;
    for (let index = 1; index < length; index++) value = value * 256 + (block[offset + index] ?? 0);
    return value;
  }
  const text = textAt(block, offset, length).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text === '' ? '0' : text, 8) : Number.NaN;
}
