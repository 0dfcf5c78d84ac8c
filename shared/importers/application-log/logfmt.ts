/** Splits a logfmt line (`key=value key="quoted \"value\"" flag`) into pairs. */

/** undefined when the line is not logfmt: fewer than two pairs, or text that is no pair. Keys repeat: the last wins. */
export function readLogfmt(line: string): Record<string, string> | undefined {
  const pairs: Record<string, string> = Object.create(null) as Record<string, string>;
  let at = 0;
  let count = 0;
  let bare = 0;
  const { length } = line;
  while (at < length) {
    while (at < length && line.charCodeAt(at) <= 32) at += 1;
    if (at >= length) break;
    const keyStart = at;
    let code = line.charCodeAt(at);
    while (at < length && code > 32 && code !== 61 && code !== 34) code = line.charCodeAt(++at);
    if (at === keyStart) return undefined;
    const key = line.slice(keyStart, at);
    if (code !== 61) {
      if (code === 34) return undefined;
      bare += 1;
      if (bare > 1 + count) return undefined;
      pairs[key] = 'true';
      continue;
    }
    at += 1;
    if (line.charCodeAt(at) === 34) {
      const end = quotedEnd(line, at);
      pairs[key] = unquote(line.slice(at + 1, end));
      at = Math.min(length, end + 1);
    } else {
      const start = at;
      while (at < length && line.charCodeAt(at) > 32) at += 1;
      pairs[key] = line.slice(start, at);
    }
    count += 1;
  }
  return count >= 2 ? pairs : undefined;
}

/** Position of the closing quote, or the end of the line when it is missing. */
function quotedEnd(line: string, open: number): number {
  let at = line.indexOf('"', open + 1);
  while (at > 0) {
    let slashes = 0;
    while (line.charCodeAt(at - 1 - slashes) === 92) slashes += 1;
    if (slashes % 2 === 0) return at;
    at = line.indexOf('"', at + 1);
  }
  return line.length;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquote(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.)/g, (_, c: string) => ESCAPES[c] ?? c) : text;
}
