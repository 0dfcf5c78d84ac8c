/**
 * One line of text exposition: `name{label="value",…} value [time] [# {exemplar labels} value [time]]`, names and labels
 * quoted where they hold more than the classic characters. Escapes in quotes: \\ \" \n; any other backslash stands for
 * itself.
 */

export interface SampleLine {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly valueText: string;
  /** '' when the line has none. */
  readonly timeText: string;
  /** Text after ` # `, '' for none. */
  readonly exemplarText: string;
  /** The series as written, name and labels: equal text, equal series. */
  readonly seriesText: string;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:.]*/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const SEPARATOR = /[ \t]*,?[ \t]*/y;
const REST = /^[ \t]*([^ \t#]+)(?:[ \t]+([^ \t#]+))?[ \t]*(?:#[ \t]*(.*))?$/;

export function unescapeLabel(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/** Matches a sticky pattern at `from`; undefined when it is not there. */
function at(pattern: RegExp, text: string, from: number): RegExpExecArray | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text) ?? undefined;
}

interface Labels {
  readonly quotedName: string | undefined;
  readonly labels: Record<string, string>;
  /** Behind the closing brace. */
  readonly end: number;
}

/** `{…}` beginning at `from`. Undefined when it is damaged. */
function readLabels(text: string, from: number): Labels | undefined {
  const labels: Record<string, string> = {};
  let quotedName: string | undefined;
  let position = from + 1;
  for (;;) {
    const separator = at(SEPARATOR, text, position);
    position += separator?.[0].length ?? 0;
    if (text[position] === '}') return { quotedName, labels, end: position + 1 };
    const quoted = at(QUOTED, text, position);
    const bare = quoted ? undefined : at(NAME, text, position);
    const key = quoted ? unescapeLabel(quoted[1] ?? '') : bare?.[0];
    if (key === undefined) return undefined;
    position += (quoted ?? bare)?.[0].length ?? 0;
    while (text[position] === ' ') position++;
    if (text[position] !== '=') {
      // A quoted name without a value is the name of the metric.
      if (!quoted || quotedName !== undefined) return undefined;
      quotedName = key;
      continue;
    }
    position++;
    while (text[position] === ' ') position++;
    const value = at(QUOTED, text, position);
    if (!value) return undefined;
    labels[key] = unescapeLabel(value[1] ?? '');
    position += value[0].length;
  }
}

/** Undefined when the line is no sample. */
export function parseSampleLine(line: string): SampleLine | undefined {
  const text = line.trimStart();
  const name = at(NAME, text, 0)?.[0] ?? '';
  let position = name.length;
  while (text[position] === ' ' || text[position] === '\t') position++;
  let labels: Readonly<Record<string, string>> = {};
  let quotedName: string | undefined;
  if (text[position] === '{') {
    const read = readLabels(text, position);
    if (!read) return undefined;
    ({ labels, quotedName } = read);
    position = read.end;
  } else if (position === name.length) return undefined;
  const rest = REST.exec(text.slice(position));
  const fullName = name || quotedName;
  if (!rest || fullName === undefined || fullName === '') return undefined;
  return {
    name: fullName,
    labels,
    valueText: rest[1] ?? '',
    timeText: rest[2] ?? '',
    exemplarText: rest[3] ?? '',
    seriesText: text.slice(0, position),
  };
}
