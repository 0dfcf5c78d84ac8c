import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../shared/cli/read-arguments.ts';

const SPEC = {
  at: { type: 'string' },
  threads: { type: 'string' },
  json: { type: 'boolean' },
  option: { type: 'string', multiple: true },
} as const;
const read = (...args: string[]): ReturnType<typeof readArguments<keyof typeof SPEC>> => readArguments(args, SPEC);

describe('readArguments', () => {
  it('tells paths from options in any order', () => {
    const args = read('a', '--json', 'b', '--option', 'x=1', '--option=y=2', '--', '--odd');
    expect(args.positionals).toEqual(['a', 'b', '--odd']);
    expect(args.isSet('json')).toBe(true);
    expect(args.texts('option')).toEqual(['x=1', 'y=2']);
    expect(args.text('at')).toBeUndefined();
  });

  it.each([
    ['2026-06-23T09:45:00Z', 1_782_207_900_000_000_000n],
    ['2026-06-23T11:45:00.5+02:00', 1_782_207_900_500_000_000n],
    ['1782207900', 1_782_207_900_000_000_000n],
    ['1782207900123', 1_782_207_900_123_000_000n],
    ['1782207900123456', 1_782_207_900_123_456_000n],
    ['1782207900123456789', 1_782_207_900_123_456_789n],
  ])('reads the time %s', (text, time) => {
    expect(read('--at', text).time('at')).toBe(time);
  });

  it.each(['yesterday', '', '09:45', '12345', '2026-02-30T00:00:00Z'])('refuses the time %j', (text) => {
    expect(() => read('--at', text).time('at')).toThrow(/is no time/);
  });

  it.each(['0', '-1', '1.5', 'two', ''])('refuses the count %j', (text) => {
    expect(() => read(`--threads=${text}`).count('threads')).toThrow(/whole number/);
  });

  it.each([['--unknown'], ['--at'], ['--json=yes']])('refuses %s', (argument) => {
    expect(() => read(argument)).toThrow(/--(unknown|at|json)/);
  });
});
