/** From the parts of the text box to the filter the engine takes, and what of them cannot be asked. Pure. */
import type { Contract } from '../../../shared/contract/contract.ts';
import type { InputOf } from '../../../shared/contract/derived-types.ts';
import { ENTITY_TYPES } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { ATTR_SERVICE_NAME } from '../../../shared/semconv/attribute-keys.ts';
import type { LevelName, LogQueryPart } from './log-query.ts';

export type LogFilter = InputOf<Contract['log.rows']>['filter'];

/** OpenTelemetry SeverityNumber ranges. */
const SEVERITY_RANGE: Readonly<Record<LevelName, readonly [least: number, greatest: number]>> = {
  trace: [1, 4],
  debug: [5, 8],
  info: [9, 12],
  warn: [13, 16],
  error: [17, 20],
  fatal: [21, 24],
};
const MAX_TEXT_LENGTH = 1_000;

export interface AskedFilter {
  readonly filter: LogFilter;
  /** Sentences about parts that were left out. */
  readonly problems: readonly string[];
}

export function logFilterOf(parts: readonly LogQueryPart[]): AskedFilter {
  const problems: string[] = [];
  const fields: { key: string; value: string; isExcluded: boolean }[] = [];
  const templateIds: string[] = [];
  const excludedTemplateIds: string[] = [];
  let entity: EntityRef | undefined;
  let traceId: string | undefined;
  for (const part of parts) {
    if (part.kind !== 'field') continue;
    const type = ENTITY_TYPES.find((known) => known === part.key);
    if (part.key === 'template') (part.isExcluded ? excludedTemplateIds : templateIds).push(part.value);
    else if (part.key === 'trace' && !part.isExcluded && /^[0-9a-f]{1,32}$/i.test(part.value)) {
      traceId = part.value.toLowerCase();
    } else if (type && !part.isExcluded) {
      if (entity) problems.push(`Rows of one entity at a time: ${part.key}:${part.value} is left out.`);
      else entity = { type, name: part.value };
    } else if (type === 'service') fields.push({ key: ATTR_SERVICE_NAME, value: part.value, isExcluded: true });
    else if (type) problems.push(`Rows can be left out by service, not by ${type}: −${part.value} is not applied.`);
    else fields.push({ key: part.key, value: part.value, isExcluded: part.isExcluded });
  }
  const text = textOf(parts, problems);
  const { minSeverity, maxSeverity } = severityOf(parts);
  return {
    filter: {
      ...(text !== '' && { text }),
      ...(entity && { entity }),
      ...(minSeverity > 0 && { minSeverity }),
      ...(maxSeverity < 24 && { maxSeverity }),
      ...(templateIds.length > 0 && { templateIds }),
      ...(excludedTemplateIds.length > 0 && { excludedTemplateIds }),
      ...(fields.length > 0 && { fields: fields.slice(0, 50) }),
      ...(traceId !== undefined && { traceId }),
    },
    problems,
  };
}

/** All levels of the text must hold at once. */
function severityOf(parts: readonly LogQueryPart[]): { minSeverity: number; maxSeverity: number } {
  let minSeverity = 0;
  let maxSeverity = 24;
  for (const part of parts) {
    if (part.kind !== 'level') continue;
    const [least, greatest] = SEVERITY_RANGE[part.level];
    if (part.operator !== '<=') minSeverity = Math.max(minSeverity, least);
    if (part.operator !== '>=') maxSeverity = Math.min(maxSeverity, greatest);
  }
  return { minSeverity, maxSeverity };
}

/** An FTS5 expression; each word is quoted, so that no letter of it is taken for an operator. */
function textOf(parts: readonly LogQueryPart[], problems: string[]): string {
  const wanted: string[] = [];
  const excluded: string[] = [];
  for (const part of parts) {
    if (part.kind !== 'word' && part.kind !== 'phrase') continue;
    const isPrefix = part.kind === 'word' && part.text.endsWith('*') && part.text.length > 1;
    const plain = isPrefix ? part.text.slice(0, -1) : part.text;
    if (!/[\p{L}\p{N}]/u.test(plain)) {
      problems.push(`“${plain}” has no letter or digit, so no row can be found by it.`);
      continue;
    }
    (part.isExcluded ? excluded : wanted).push(`"${plain.replaceAll('"', '""')}"${isPrefix ? '*' : ''}`);
  }
  if (excluded.length > 0 && wanted.length === 0) {
    problems.push('Words are left out of what was found: name at least one word to find.');
    return '';
  }
  const text = [wanted.join(' AND '), ...excluded].join(' NOT ');
  const whole =
    excluded.length > 0 && wanted.length > 1 ? `(${wanted.join(' AND ')}) NOT ${excluded.join(' NOT ')}` : text;
  if (whole.length <= MAX_TEXT_LENGTH) return whole;
  problems.push('These are more words than can be looked for at once; none of them is applied.');
  return '';
}
