/** How sure one can be, from its first bytes, that a file is a log. */
import { sampleObjects } from '../document-reader.ts';
import type { FileHead, Recognition } from '../importer.ts';
import { linesOfText } from '../lines.ts';
import { TimeScanner } from '../time-scanner.ts';
import { surveyLines, type LogSurvey } from './log-survey.ts';
import { readStructured } from './structured-record.ts';

const SURVEY_LINES = 500;
const NO: (reason: string) => Recognition = (reason) => ({ confidence: 0, reason });

export function recogniseText(head: FileHead): Recognition {
  if (head.text.trim() === '') return NO('The file is empty.');
  if (!isMostlyPrintable(head.text)) return NO('The bytes are not text.');
  const marked = kindByFirstMark(head.text);
  if (marked !== undefined) return { confidence: 0.1, reason: `The text looks like ${marked}, not like a log.` };
  const lines = linesOfText(head.text, head.isWhole || !head.text.includes('\n')).slice(0, SURVEY_LINES);
  const survey = surveyLines(lines, undefined);
  const structured = recogniseStructured(survey, head, lines);
  if (structured !== undefined) return structured;
  const other = otherKindOfText(head, lines, survey);
  if (other !== undefined) return { confidence: 0.1, reason: `The text looks like ${other}, not like a log.` };
  if (survey.layout !== undefined) return recogniseLayout(survey);
  return {
    confidence: lines.length >= 3 ? 0.3 : 0.25,
    reason: 'The file is made of lines of text without a header that could be recognised.',
  };
}

function recogniseStructured(survey: LogSurvey, head: FileHead, lines: readonly string[]): Recognition | undefined {
  const wrapper = survey.wrappers.join(' inside ');
  const isContainerLog = survey.wrappers.some(
    (kind) => kind === 'docker-json' || kind === 'cri' || kind === 'kubectl-prefix',
  );
  if (isContainerLog) return { confidence: 0.9, reason: `Every line has the wrapper of a container log (${wrapper}).` };
  if (survey.jsonLogShare >= 0.5)
    return {
      confidence: 0.75,
      reason: `${percent(survey.jsonLogShare)} of the lines are JSON objects with time, level or message.`,
    };
  if (survey.logfmtShare >= 0.5 && survey.jsonShare < 0.5)
    return { confidence: 0.7, reason: `${percent(survey.logfmtShare)} of the lines are logfmt pairs.` };
  if (survey.jsonShare >= 0.5) {
    if (survey.firstTime === undefined || survey.lineCount < 2)
      return NO('The lines are JSON objects, but hold neither time, level nor message of a log.');
    return { confidence: 0.22, reason: 'The lines are JSON objects with a time, of no format known here.' };
  }
  if (survey.wrappers.includes('compose'))
    return { confidence: 0.6, reason: 'Every line has the prefix of docker compose logs.' };
  if (survey.wrappers.includes('stamped'))
    return { confidence: 0.7, reason: 'Every line has the time stamp that kubectl logs --timestamps writes.' };
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  if (first.startsWith('{') || /^\[\s*(?:\{|\[|"|\]|$)/.test(first)) return recogniseDocument(head);
  if (survey.priorityShare >= 0.5)
    return { confidence: 0.75, reason: `${percent(survey.priorityShare)} of the lines begin with a syslog priority.` };
  return undefined;
}

/** Documents over several lines: their objects must look like log records, not just hold some. */
function recogniseDocument(head: FileHead): Recognition {
  const objects = sampleObjects(head);
  const scanner = new TimeScanner();
  const records = objects.filter((object) => {
    const record = readStructured(object, scanner);
    return record.time !== undefined && record.hasMessage && (record.severityNumber > 0 || objects.length > 1);
  });
  if (records.length > 0 && records.length >= 0.8 * objects.length)
    return { confidence: 0.4, reason: 'JSON objects with time, message and level of a log.' };
  return NO('A JSON document that holds no log records.');
}

function recogniseLayout(survey: LogSurvey): Recognition {
  const fields = survey.layout?.fields ?? [];
  const hasTime = fields.some((field) => field === 'time' || field === 'lead' || field === 'klog');
  const share = survey.headerShare;
  const seen = `${percent(share)} of the records begin with ${fields.join(', ')}.`;
  if (share < 0.5) return { confidence: 0.3, reason: `Lines of text; ${seen}` };
  if (hasTime && fields.length >= 2) return { confidence: 0.65, reason: seen };
  return { confidence: hasTime ? 0.5 : 0.4, reason: seen };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** At most two control characters in a hundred; text in another encoding than UTF-8 has some replaced characters. */
function isMostlyPrintable(text: string): boolean {
  const sample = text.slice(0, 16_384);
  let control = 0;
  let replaced = 0;
  for (let i = 0; i < sample.length; i += 1) {
    const code = sample.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 27) || code === 127) control += 1;
    if (code === 0xfffd) replaced += 1;
  }
  return control <= Math.max(2, 0.02 * sample.length) && replaced <= 0.2 * sample.length;
}

/** What a text says of itself in its first characters; undefined when it says nothing. */
function kindByFirstMark(text: string): string | undefined {
  const start = text.trimStart().slice(0, 200);
  if (/^<(?:!doctype html|html|head|svg)\b/i.test(start)) return 'an HTML page';
  if (/^<\?xml|^<[A-Za-z][\w:-]*(?:\s[^<>]*)?>/.test(start)) return 'an XML document';
  if (start.startsWith('#!')) return 'a script';
  if (start.startsWith('-----BEGIN ')) return 'a certificate or key';
  return /^# (?:HELP|TYPE|UNIT|EOF)\b/m.test(text.slice(0, 4_096)) ? 'a metrics exposition' : undefined;
}

/** What a text is when it is plainly no log; undefined when that cannot be said. */
function otherKindOfText(head: FileHead, lines: readonly string[], survey: LogSurvey): string | undefined {
  const hasTime =
    survey.layout?.fields.some((field) => field === 'time' || field === 'lead' || field === 'klog') ?? false;
  if (survey.headerShare >= 0.5 && hasTime) return undefined;
  const solid = lines.filter((line) => line.trim() !== '');
  const share = (pattern: RegExp): number =>
    solid.filter((line) => pattern.test(line)).length / Math.max(1, solid.length);
  if (/^\s*(?:- )?[\w.-]+:\s*[|>]?$/.test(solid[0] ?? '') && share(/^\s*(?:- )*[\w./-]+:(?:\s|$)/) >= 0.25)
    return 'a YAML document';
  if (solid.length >= 3 && share(/^\s*(?:- )*(?:- |["']?[\w./$()-]+["']?:(?:\s|$)|#|---)/) >= 0.85)
    return 'a YAML document';
  if (/^(?:#{1,3} [^:]*$|={3,}$|```)/m.test(head.text) && share(/^(?:#{1,6} [^:]*$|```|[*-] |\d+\. |\|)/) >= 0.2)
    return 'a Markdown document';
  const endings = share(/(?:[{};]|\*\/|\)\s*=>|,)\s*$/);
  const keywords = share(
    /^\s*(?:\/\/|\/\*|\*|import |from |#include|package |def |class |func |function |const |let |var |public |private |return\b|if \(|\})/,
  );
  if (keywords >= 0.5 || (endings >= 0.4 && keywords >= 0.1)) return 'source code';
  if (
    solid.length >= 3 &&
    share(/^\s*(?:\[[\w .:"-]+\]|[\w.-]+\s*=\s*\S?.*|[#;].*)$/) >= 0.95 &&
    survey.logfmtShare === 0
  )
    return 'a configuration file';
  return survey.layout === undefined && isTable(solid) ? 'a table' : undefined;
}

/** Every line has the same number of commas, tabs or semicolons, and the first one names the columns. */
function isTable(lines: readonly string[]): boolean {
  return [',', '\t', ';'].some((delimiter) => {
    const cells = (lines[0] ?? '').split(delimiter).length;
    return lines.length >= 3 && cells >= 2 && lines.every((line) => line.split(delimiter).length === cells);
  });
}
