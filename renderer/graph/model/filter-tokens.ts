/** Cuts the text of a filter into words, quoted text, operators and brackets. Never fails: what is odd becomes a word. */
export const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', '~'] as const;
export type Operator = (typeof OPERATORS)[number];

export type Token =
  | { readonly kind: 'word' | 'quoted' | 'open' | 'close'; readonly text: string; readonly position: number }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly text: string; readonly position: number };

const PIECE = /\s+|"([^"]*)"?|(!=|<=|>=|==|=|<|>|~)|([()])|[^\s"=<>!~()]+|!/gu;

export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECE)) {
    const [piece, quoted, operator, bracket] = match;
    const position = match.index;
    if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted, position });
    else if (operator !== undefined) {
      const known = OPERATORS.find((one) => one === (operator === '==' ? '=' : operator));
      if (known) tokens.push({ kind: 'operator', operator: known, text: operator, position });
    } else if (bracket !== undefined)
      tokens.push({ kind: bracket === '(' ? 'open' : 'close', text: bracket, position });
    else if (piece.trim() !== '') tokens.push({ kind: 'word', text: piece, position });
  }
  return tokens;
}
