/** Tells a tar by its first header block; tars before POSIX have no magic number, only a checksum. */
export const TAR_BLOCK_BYTES = 512;

const CHECKSUM_OFFSET = 148;
const CHECKSUM_BYTES = 8;

/** True for a block whose checksum holds and that names something: a chance of 1 in 65,000 for noise, none for text. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK_BYTES || block[0] === 0) return false;
  let sum = 0;
  for (let index = 0; index < TAR_BLOCK_BYTES; index++) {
    const isChecksum = index >= CHECKSUM_OFFSET && index < CHECKSUM_OFFSET + CHECKSUM_BYTES;
    sum += isChecksum ? 0x20 : (block[index] ?? 0);
  }
  return statedChecksum(block) === sum;
}

/** Octal digits between blanks and NULs; NaN for anything else. */
function statedChecksum(block: Uint8Array): number {
  const field = block.subarray(CHECKSUM_OFFSET, CHECKSUM_OFFSET + CHECKSUM_BYTES);
  const digits = /^[ \0]*([0-7]+)[ \0]*$/.exec(String.fromCharCode(...field))?.[1];
  return digits === undefined ? Number.NaN : Number.parseInt(digits, 8);
}
