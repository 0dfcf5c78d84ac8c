/**
 * Errors that name somebody else: a new or bursting error message of one service that mentions an entity it calls speaks
 * against that entity. The deeper party is named by those who wait for it.
 */
import { rowRef } from '../../../model/ids.ts';
import type { EntityIndex } from '../../../model/telemetry.ts';
import type { FaultKind } from '../../../model/analysis-result.ts';
import { quoted } from '../../sentences.ts';
import { loudTemplates } from '../failing-words.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';

const HINTS: readonly (readonly [RegExp, FaultKind])[] = [
  [/certificate|x509|\btls\b|\bssl\b|handshake/i, 'certificate_expiry'],
  [/no space|disk full|read-only file/i, 'disk_full'],
  [/pool|too many connections|connection slots/i, 'pool_exhaustion'],
  [/out of memory|oom|heap/i, 'memory_leak'],
];

/** Kind of fault that the words of an error message hint at. */
export function hintOfMessage(message: string): FaultKind | undefined {
  return HINTS.find(([pattern]) => pattern.test(message))?.[1];
}

/** The name stands in the part of the message that varies, so other messages of the template may name somebody else. */
const NAMED_IN_EXAMPLE_ONLY = 0.3;
const MOST_EXAMPLES = 12;

export function collectErrorMentions(state: RankingState): CauseItem[] {
  const { telemetry, graph } = state.input;
  const mentions = new Map<
    string,
    { callee: EntityIndex; by: EntityIndex; template: number; count: number; heard: number; rows: number[] }
  >();
  const loud = loudTemplates(state);
  const total = loud.reduce((sum, { during }) => sum + during, 0);
  for (const { entity, template, during, row } of loud) {
    const message = telemetry.logs.templates[template]!.example.slice(0, 2000).toLowerCase();
    for (const index of graph.callsFrom(entity)) {
      const callee = graph.calls[index]!.to;
      const name = state.nameOf(callee).toLowerCase();
      if (!mentionsName(message, name)) continue;
      const isFixed = mentionsName(telemetry.logs.templates[template]!.text.toLowerCase(), name);
      const heard = during * (isFixed ? 1 : NAMED_IN_EXAMPLE_ONLY);
      const key = `${callee} ${entity} ${hintOfMessage(message) ?? ''}`;
      const known = mentions.get(key);
      if (!known) mentions.set(key, { callee, by: entity, template, count: during, heard, rows: [row] });
      else {
        known.count += during;
        known.heard += heard;
        // One record of each template: from there all of them are found.
        known.rows.push(row);
      }
    }
  }
  return [...mentions.values()].map(({ callee, by, template, count, heard, rows }): CauseItem => {
    const text = telemetry.logs.templates[template]!;
    return {
      entity: callee,
      term: 'new-error-site',
      signal: 'log',
      aspect: 'mentioned',
      weight: 3 * Math.min(1, Math.sqrt((8 * heard) / Math.max(total, 100))),
      onsetNs: telemetry.logs.timeNs[rows[0]!]!,
      onsetUncertaintyNs: 15e9,
      text: `${state.nameOf(by)} complains of ${state.nameOf(callee)} ${count} times: ${quoted(text.text, 140)}.`,
      refs: rows.slice(0, MOST_EXAMPLES).map((row) => rowRef('log', telemetry.logs.rowId[row]!)),
      hint: hintOfMessage(text.example),
    };
  });
}
/** What callers say who waited in vain, without saying for whom. */
const WAITED_IN_VAIN = /\bupstream\b|\bdeadline.?exceeded\b|\bgateway.?time.?out\b|\bbad gateway\b|\bread timed out\b/;
/** True when the message is about somebody its writer calls: names it, or says that waiting for it was in vain. */
export function isAboutCallee(state: RankingState, entity: EntityIndex, template: number): boolean {
  const message = (state.input.telemetry.logs.templates[template]?.example ?? '').slice(0, 2000).toLowerCase();
  const { graph } = state.input;
  const calls = graph.callsFrom(entity);
  if (calls.length > 0 && WAITED_IN_VAIN.test(message)) return true;
  return calls.some((edge) => mentionsName(message, state.nameOf(graph.calls[edge]!.to).toLowerCase()));
}
/** Whole name, not part of a longer one. */
function mentionsName(message: string, name: string): boolean {
  if (name.length < 3) return false;
  for (let at = message.indexOf(name); at >= 0; at = message.indexOf(name, at + 1)) {
    const before = message[at - 1] ?? ' ';
    const after = message[at + name.length] ?? ' ';
    if (!/[a-z0-9_-]/.test(before) && !/[a-z0-9_-]/.test(after)) return true;
  }
  return false;
}
