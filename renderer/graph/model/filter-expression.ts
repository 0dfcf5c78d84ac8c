/**
 * The graph's filter box: `health != ok or hop(cause) <= 1`, `type = database and rate > 10`, or plain words that a name
 * must contain. Parsed to a tree once, evaluated per entity; text that does not parse is answered with a sentence and a
 * position, never guessed at.
 *
 *   or   := and { "or" and }        not  := "not" not | "(" or ")" | test
 *   and  := not { ["and"] not }     test := FIELD OPERATOR VALUE | FLAG | WORD
 */
import { readTokens } from './filter-tokens.ts';
import type { Operator, Token } from './filter-tokens.ts';

export interface FilterSubject {
  readonly name: string;
  readonly type: string;
  readonly namespace: string;
  /** `healthy`, `degraded`, `failing`, `unknown` or `atRisk`. */
  readonly health: string;
  readonly requestsPerSecond: number | null;
  readonly errorRatio: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly alertCount: number;
  readonly degree: number;
  readonly isChanged: boolean;
  readonly isOnPath: boolean;
  /** Calls between this entity and the nearest of the target: `cause`, `selected` or a name; Infinity = not connected. */
  hops(target: string): number;
}
export type FilterResult =
  | { readonly isValid: true; readonly isEmpty: boolean; readonly test: (subject: FilterSubject) => boolean }
  | { readonly isValid: false; readonly message: string; readonly position: number };

type Test = (subject: FilterSubject) => boolean;

const NUMBER_FIELDS: Readonly<Record<string, (subject: FilterSubject) => number | null>> = {
  rate: (subject) => subject.requestsPerSecond,
  error: (subject) => subject.errorRatio,
  errors: (subject) => subject.errorRatio,
  p50: (subject) => subject.latencyP50Ms,
  p95: (subject) => subject.latencyP95Ms,
  latency: (subject) => subject.latencyP95Ms,
  alerts: (subject) => subject.alertCount,
  degree: (subject) => subject.degree,
};
const TEXT_FIELDS: Readonly<Record<string, (subject: FilterSubject) => string>> = {
  name: (subject) => subject.name,
  type: (subject) => subject.type,
  namespace: (subject) => subject.namespace,
};
const FLAGS: Readonly<Record<string, Test>> = {
  changed: (subject) => subject.isChanged,
  path: (subject) => subject.isOnPath,
};
const HEALTH_OF_WORD: Readonly<Record<string, string>> = {
  ok: 'healthy',
  healthy: 'healthy',
  degraded: 'degraded',
  warning: 'degraded',
  failing: 'failing',
  fail: 'failing',
  unknown: 'unknown',
  nodata: 'unknown',
  atrisk: 'atRisk',
  risk: 'atRisk',
};
/** What people call types. */
const TYPE_OF_WORD: Readonly<Record<string, string>> = {
  db: 'database',
  pod: 'instance',
  host: 'node',
  topic: 'queue',
  thirdparty: 'external',
};
/** Fields and flags, for the help beside the box. */
export const FILTER_FIELDS = [
  'health',
  ...Object.keys(TEXT_FIELDS),
  'rate',
  'error',
  'p95',
  'alerts',
  'hop(cause)',
  'changed',
] as const;
const MAX_LENGTH = 2_000;

export function parseFilter(text: string): FilterResult {
  if (text.length > MAX_LENGTH)
    return { isValid: false, message: `A filter has at most ${MAX_LENGTH} characters.`, position: MAX_LENGTH };
  const tokens = readTokens(text);
  if (tokens.length === 0) return { isValid: true, isEmpty: true, test: () => true };
  try {
    const parser = new Parser(tokens, text.length);
    const test = parser.parseAll();
    return { isValid: true, isEmpty: false, test };
  } catch (error) {
    if (error instanceof FilterError) return { isValid: false, message: error.message, position: error.position };
    throw error;
  }
}

class FilterError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

const MAX_DEPTH = 50;

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  parseAll(): Test {
    const test = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest) throw new FilterError(`“${rest.text}” is not expected here.`, rest.position);
    return test;
  }

  #or(): Test {
    if (++this.#depth > MAX_DEPTH) throw new FilterError('Too many brackets.', this.#position());
    const parts = [this.#and()];
    while (this.#takeWord('or')) parts.push(this.#and());
    this.#depth--;
    return parts.length === 1 ? parts[0]! : (subject) => parts.some((part) => part(subject));
  }

  #and(): Test {
    const parts = [this.#not()];
    for (;;) {
      const isNamed = this.#takeWord('and');
      const next = this.#tokens[this.#at];
      const isOver = !next || next.kind === 'close' || (next.kind === 'word' && next.text.toLowerCase() === 'or');
      if (isOver && !isNamed) break;
      parts.push(this.#not());
    }
    return parts.length === 1 ? parts[0]! : (subject) => parts.every((part) => part(subject));
  }

  #not(): Test {
    let isNegated = false;
    while (this.#takeWord('not')) isNegated = !isNegated;
    const test = this.#primary();
    return isNegated ? (subject) => !test(subject) : test;
  }

  #primary(): Test {
    const token = this.#tokens[this.#at];
    if (!token) throw new FilterError('A test such as “health != ok” is missing.', this.#end);
    this.#at++;
    if (token.kind === 'open') {
      const inner = this.#or();
      if (this.#tokens[this.#at]?.kind !== 'close')
        throw new FilterError('A closing bracket is missing.', this.#position());
      this.#at++;
      return inner;
    }
    if (token.kind === 'quoted') return nameContains(token.text);
    if (token.kind !== 'word') throw new FilterError(`“${token.text}” needs a field before it.`, token.position);
    const word = token.text.toLowerCase();
    if (word === 'hop') return this.#hop(token);
    const operator = this.#tokens[this.#at];
    if (operator?.kind === 'operator') {
      this.#at++;
      return this.#comparison(token, operator.operator);
    }
    if (word === 'or' || word === 'and')
      throw new FilterError(`“${token.text}” needs a test before it.`, token.position);
    return FLAGS[word] ?? nameContains(token.text);
  }

  #hop(token: Token): Test {
    const expect = (kind: Token['kind'], what: string): Token => {
      const next = this.#tokens[this.#at];
      if (next?.kind !== kind && !(kind === 'word' && next?.kind === 'quoted'))
        throw new FilterError(`Write hop(cause) <= 1: ${what} is missing.`, next?.position ?? this.#end);
      this.#at++;
      return next as Token;
    };
    if (this.#tokens[this.#at]?.kind !== 'open') return nameContains(token.text);
    expect('open', 'the bracket');
    const target = expect('word', 'cause, selected or a name');
    expect('close', 'the bracket');
    const operator = this.#tokens[this.#at];
    if (operator?.kind !== 'operator')
      throw new FilterError('hop() needs a number, as in hop(cause) <= 1.', this.#position());
    this.#at++;
    const limit = this.#number();
    return (subject) => compare(subject.hops(target.text), operator.operator, limit);
  }

  #comparison(field: Token, operator: Operator): Test {
    const name = field.text.toLowerCase();
    if (name === 'health') return this.#health(operator);
    const number = Object.hasOwn(NUMBER_FIELDS, name) ? NUMBER_FIELDS[name] : undefined;
    if (number) {
      const limit = this.#number();
      return (subject) => {
        const value = number(subject);
        return value === null ? false : compare(value, operator, limit);
      };
    }
    const text = Object.hasOwn(TEXT_FIELDS, name) ? TEXT_FIELDS[name] : undefined;
    if (!text)
      throw new FilterError(`There is no field “${field.text}”. Fields: ${FILTER_FIELDS.join(', ')}.`, field.position);
    const written = this.#text().toLowerCase();
    const wanted = name === 'type' ? (TYPE_OF_WORD[written] ?? written) : written;
    switch (operator) {
      case '=':
        return (subject) => text(subject).toLowerCase() === wanted;
      case '!=':
        return (subject) => text(subject).toLowerCase() !== wanted;
      case '~':
        return (subject) => text(subject).toLowerCase().includes(wanted);
      default:
        throw new FilterError(`${name} is text: use =, != or ~ (contains).`, field.position);
    }
  }

  #health(operator: Operator): Test {
    const position = this.#position();
    const word = this.#text();
    const wanted = HEALTH_OF_WORD[word.toLowerCase().replace(/[\s_-]/g, '')];
    if (wanted === undefined)
      throw new FilterError(`Health is ok, degraded, failing, atRisk or unknown, not “${word}”.`, position);
    if (operator === '=') return (subject) => subject.health === wanted;
    if (operator !== '!=') throw new FilterError('Health is compared with = or !=.', position);
    // What is merely near the trouble is well itself: `!= ok` asks for trouble.
    return (subject) => subject.health !== wanted && !(wanted === 'healthy' && subject.health === 'atRisk');
  }

  #text(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' && token?.kind !== 'quoted')
      throw new FilterError('A value is missing.', token?.position ?? this.#end);
    this.#at++;
    return token.text;
  }

  /** A number, with `%`, `ms` or `s` understood: ratios are 0-1, latencies milliseconds. */
  #number(): number {
    const position = this.#position();
    const text = this.#text();
    const [, digits, unit] = /^([-+]?\d+(?:\.\d+)?)(%|ms|s)?$/i.exec(text) ?? [];
    if (digits === undefined) throw new FilterError(`“${text}” is not a number.`, position);
    const scale = unit === '%' ? 0.01 : unit?.toLowerCase() === 's' ? 1000 : 1;
    return Number(digits) * scale;
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }

  #position(): number {
    return this.#tokens[this.#at]?.position ?? this.#end;
  }
}

function nameContains(text: string): Test {
  const wanted = text.toLowerCase();
  return (subject) => subject.name.toLowerCase().includes(wanted);
}

function compare(value: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case '=':
      return value === limit;
    case '!=':
      return value !== limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '~':
      return Math.abs(value - limit) <= 0.1 * Math.abs(limit);
  }
}
