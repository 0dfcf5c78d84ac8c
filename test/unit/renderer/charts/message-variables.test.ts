import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagePieces } from '../../../../renderer/charts/message-variables.ts';

describe('variables of a log message', () => {
  it('are what stands where the template has a wildcard', () => {
    expect(messagePieces('took 3801 ms in db', 'took <*> ms in <*>')).toEqual([
      { text: 'took ', isVariable: false },
      { text: '3801', isVariable: true },
      { text: ' ms in ', isVariable: false },
      { text: 'db', isVariable: true },
    ]);
  });

  it('are none where the template does not fit', () => {
    expect(messagePieces('other', 'took <*> ms')).toEqual([{ text: 'other', isVariable: false }]);
  });

  it('never lose a letter', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 5 }), (message, literals) => {
        const text = messagePieces(message, literals.join('<*>'))
          .map((piece) => piece.text)
          .join('');
        expect(text).toBe(message);
      }),
    );
  });
});
