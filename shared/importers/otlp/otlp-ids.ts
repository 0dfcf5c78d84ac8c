/**
 * Trace and span ids as exporters really write them. The specification says hex; generic protobuf printers write base64,
 * and hex text that was once decoded as if it were base64 comes out as 48 or 24 hex digits.
 */
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function hexOfBase64(text: string): string | undefined {
  let hex = '';
  let bits = 0;
  let bitCount = 0;
  for (const character of text.replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/')) {
    const value = BASE64.indexOf(character);
    if (value < 0) return undefined;
    bits = (bits << 6) | value;
    bitCount += 6;
    while (bitCount >= 8) {
      bitCount -= 8;
      hex += ((bits >> bitCount) & 255).toString(16).padStart(2, '0');
    }
    bits &= 255;
  }
  return hex;
}

function base64OfHex(hex: string): string {
  let text = '';
  for (let i = 0; i + 6 <= hex.length; i += 6) {
    const word = Number.parseInt(hex.slice(i, i + 6), 16);
    for (const shift of [18, 12, 6, 0]) text += BASE64[(word >> shift) & 63] ?? '';
  }
  return text;
}

const HEX = /^[0-9a-fA-F]*$/;

/**
 * Hex digits of an id of `digits` (32 or 16) digits, shorter where leading zeros were dropped; '' stays ''; undefined
 * when it is no id.
 */
export function normaliseId(text: string, digits: 16 | 32): string | undefined {
  const id = text.trim();
  if (HEX.test(id)) {
    if (id.length <= digits) return id;
    // Hex once taken for base64: three bytes for every four digits, so half as many digits again.
    const undone = id.length === digits * 1.5 ? base64OfHex(id).toLowerCase() : '';
    return undone.length === digits && HEX.test(undone) ? undone : undefined;
  }
  const dashless = id.replace(/-/g, '');
  if (dashless.length === digits && HEX.test(dashless)) return dashless;
  const hex = hexOfBase64(id);
  return hex?.length === digits ? hex : undefined;
}
