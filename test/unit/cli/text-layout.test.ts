import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, safeText, withShortPaths, wrapped } from '../../../shared/cli/text-layout.ts';
import { fakeIo } from './fake-io.ts';

describe('wrapped', () => {
  it('keeps every word, in lines no wider than asked unless a word alone is wider', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom(...'abcdef'), minLength: 1, maxLength: 30 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 60 }), (list, columns) => {
        const lines = wrapped(list.join(' '), columns, '  - ').trimEnd().split('\n');
        expect(lines.join(' ').replace('  - ', '').split(/ +/).filter(Boolean)).toEqual(list);
        for (const line of lines) if (line.trim().includes(' ', 3)) expect(line.length).toBeLessThanOrEqual(columns);
      }),
    );
  });
  it('hangs the lines after the first', () => {
    expect(wrapped('one two three', 9, '* ')).toBe('* one two\n  three\n');
  });
});

describe('withShortPaths', () => {
  it('keeps the end of a long path and leaves the rest alone', () => {
    const long = `bundle.tar!/${'deep/'.repeat(30)}pod.log`;
    const text = withShortPaths(`see ${long} and a/b.log`);
    expect(text).toMatch(/^see …\S{63} and a\/b\.log$/);
    expect(text).toContain('deep/pod.log ');
  });
});

describe('safeText', () => {
  it('lets nothing through that moves a cursor or turns the writing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeText(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe('bold', () => {
  it('needs a coloured output', () => {
    expect(bold('x', fakeIo())).toBe('x');
    expect(bold('x', fakeIo({ isColoured: true }))).toBe('\u001b[1mx\u001b[22m');
  });
});
