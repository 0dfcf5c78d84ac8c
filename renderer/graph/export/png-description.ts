/**
 * Alternative text inside a PNG: an `iTXt` chunk with keyword `Description` (PNG specification §11.3.4.5), placed before
 * the first `IDAT`. Bytes that are no PNG are answered unchanged.
 */
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function withDescription(png: Uint8Array<ArrayBuffer>, text: string): Uint8Array<ArrayBuffer> {
  if (SIGNATURE.some((byte, i) => png[i] !== byte)) return png;
  // Signature and the IHDR chunk, which always has 13 bytes of data.
  const headEnd = SIGNATURE.length + 12 + 13;
  const chunk = textChunk('Description', text);
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, headEnd), 0);
  out.set(chunk, headEnd);
  out.set(png.subarray(headEnd), headEnd + chunk.length);
  return out;
}

/** Length, type, keyword, no compression, no language, text, CRC. */
function textChunk(keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(4 + body.length, crc32(body));
  return chunk;
}

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
