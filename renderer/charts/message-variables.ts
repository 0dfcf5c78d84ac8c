/** Which parts of a log message are variables, by its template (`<*>` stands for one). Pure. */

export interface MessagePiece {
  readonly text: string;
  readonly isVariable: boolean;
}

const WILDCARD = '<*>';
const MAX_PIECES = 40;

/** The message in pieces, literal and variable in turn; one literal piece where the template does not fit. O(n). */
export function messagePieces(message: string, template: string): readonly MessagePiece[] {
  const literals = template.split(WILDCARD);
  if (literals.length < 2 || literals.length > MAX_PIECES) return [{ text: message, isVariable: false }];
  const pieces: MessagePiece[] = [];
  let at = 0;
  for (const [index, literal] of literals.entries()) {
    const isLast = index === literals.length - 1;
    const start = index === 0 ? (message.startsWith(literal) ? 0 : -1) : findLiteral(message, literal, at, isLast);
    if (start < 0) return [{ text: message, isVariable: false }];
    if (start > at) pieces.push({ text: message.slice(at, start), isVariable: true });
    if (literal !== '') pieces.push({ text: message.slice(start, start + literal.length), isVariable: false });
    at = start + literal.length;
  }
  if (at < message.length) pieces.push({ text: message.slice(at), isVariable: false });
  return pieces;
}

function findLiteral(message: string, literal: string, from: number, isLast: boolean): number {
  if (literal === '') return isLast ? message.length : from;
  return message.indexOf(literal, from);
}

/** A template in pieces, its wildcards as variables. */
export function templatePieces(template: string): readonly MessagePiece[] {
  return template
    .split(WILDCARD)
    .flatMap((text, index) => [
      ...(index > 0 ? [{ text: '‹…›', isVariable: true }] : []),
      ...(text === '' ? [] : [{ text, isVariable: false }]),
    ]);
}
