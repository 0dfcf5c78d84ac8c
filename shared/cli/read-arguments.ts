/** Arguments of a command, checked: unknown options, missing values and malformed numbers or times are refused in words. */
import { parseArgs } from 'node:util';
import { parseRfc3339, unixNano } from '../model/time.ts';
import type { UnixNano } from '../model/time.ts';
import { UsageError } from './command.ts';

interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
}
export interface ReadArguments<Name extends string> {
  readonly positionals: readonly string[];
  text(name: Name): string | undefined;
  texts(name: Name): readonly string[];
  isSet(name: Name): boolean;
  time(name: Name): UnixNano | undefined;
  /** A whole number from 1 on. */
  count(name: Name): number | undefined;
}

export function readArguments<Name extends string>(
  args: readonly string[],
  options: Readonly<Record<Name, OptionSpec>>,
): ReadArguments<Name> {
  const { values, positionals } = parse(args, options);
  const texts = (name: Name): readonly string[] => {
    const value = values[name];
    const list = Array.isArray(value) ? value : [value];
    return list.filter((item): item is string => typeof item === 'string');
  };
  const text = (name: Name): string | undefined => texts(name).at(-1);
  return {
    positionals,
    text,
    texts,
    isSet: (name) => values[name] === true,
    time: (name) => mapped(text(name), (value) => timeOf(name, value)),
    count: (name) => mapped(text(name), (value) => countOf(name, value)),
  };
}

function parse(
  args: readonly string[],
  options: Readonly<Record<string, OptionSpec>>,
): { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    // Node's sentence is good; its hint about `--` only confuses here.
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split('. To specify')[0] ?? message);
  }
}

function mapped<T>(value: string | undefined, read: (value: string) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

/** RFC 3339, or Unix time in whole seconds, milliseconds, microseconds or nanoseconds, told by its length. */
function timeOf(name: string, text: string): UnixNano {
  const time = parseRfc3339(text);
  if (time !== undefined) return time;
  const zeros = { 10: 9n, 13: 6n, 16: 3n, 19: 0n }[text.length];
  if (zeros !== undefined && /^\d+$/.test(text)) return unixNano(BigInt(text) * 10n ** zeros);
  throw new UsageError(`--${name} ${text} is no time. Write it like 2026-06-23T09:45:00Z.`);
}

function countOf(name: string, text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && Number.isSafeInteger(count)) return count;
  throw new UsageError(`--${name} ${text} is no whole number from 1 on.`);
}
