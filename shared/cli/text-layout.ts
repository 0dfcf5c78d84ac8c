/** Text for people: wrapped, indented, without anything a bundle could do to a terminal. */
import type { CliIo } from './cli-io.ts';

// C0 and C1 controls and marks that turn the direction of writing.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** One line of text from a bundle: control characters become blanks. */
export function safeText(text: string): string {
  return text.replaceAll(UNSAFE, ' ');
}

const LONGEST_PATH = 64;

/** Paths in the text longer than a line of its own deserves, cut to their end, which tells more than their beginning. */
export function withShortPaths(text: string): string {
  return text.replaceAll(/\S+\/\S+/g, (path) =>
    path.length > LONGEST_PATH ? `…${path.slice(1 - LONGEST_PATH)}` : path,
  );
}

/** Lines of at most `columns`, the first after `first`, the others after as many blanks. Long words are not cut. */
export function wrapped(text: string, columns: number, first: string): string {
  const indent = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of safeText(text).split(/ +/)) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  lines.push(line);
  return `${lines.join('\n')}\n`;
}

export function bold(text: string, io: CliIo): string {
  return io.isColoured ? `\u001b[1m${text}\u001b[22m` : text;
}
export function dim(text: string, io: CliIo): string {
  return io.isColoured ? `\u001b[2m${text}\u001b[22m` : text;
}
