/** Words of what is failing at an entity and around it: new and bursting error messages, alerts, failing operations. */
import type { EntityIndex } from '../../model/telemetry.ts';
import type { RankingState } from './ranking-state.ts';
import { wordParts } from './word-parts.ts';

/** Weight of words that other entities say. */
const ELSEWHERE = 0.4;
const WARN_SEVERITY = 13;
const LONGEST_MESSAGE = 2000;
const caches = new WeakMap<RankingState, ReadonlyMap<EntityIndex, ReadonlySet<string>>>();

/** Word → 1 when said at `entity`, less when only said elsewhere. */
export function severityWords(state: RankingState, entity: EntityIndex): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  for (const [owner, said] of wordsByEntity(state))
    for (const word of said) words.set(word, Math.max(words.get(word) ?? 0, owner === entity ? 1 : ELSEWHERE));
  return words;
}

function wordsByEntity(state: RankingState): ReadonlyMap<EntityIndex, ReadonlySet<string>> {
  const known = caches.get(state);
  if (known) return known;
  const found = new Map<EntityIndex, Set<string>>();
  const say = (entity: EntityIndex, text: string): void => {
    const set = found.get(entity) ?? new Set<string>();
    found.set(entity, set);
    for (const word of wordParts(text)) set.add(word);
  };
  const { telemetry, incident } = state.input;
  for (const { entity, template } of loudTemplates(state)) say(entity, telemetry.logs.templates[template]!.example);
  for (const index of incident.alerts) {
    const alert = telemetry.alerts[index]!;
    for (const entity of alert.entities)
      say(state.fold(entity), `${alert.name} ${alert.summary} ${alert.signal?.name ?? ''}`);
  }
  const { spans } = telemetry;
  const { incident: window } = state.input.graph.windows;
  const operations = new Set<string>();
  for (let row = 0; row < spans.length; row++) {
    const owner = spans.entity[row]!;
    if (spans.status[row] !== 2 || owner < 0 || spans.startNs[row]! < window.startNs) continue;
    const key = `${owner} ${spans.operation[row]}`;
    if (operations.has(key)) continue;
    operations.add(key);
    say(state.fold(owner), spans.operations[spans.operation[row]!]!);
  }
  caches.set(state, found);
  return found;
}

/** What fails at an entity, in its own words: loud messages of it and its alerts, a line each. */
export function failingMessages(state: RankingState, entity: EntityIndex): string {
  const { telemetry, incident } = state.input;
  const said = loudTemplates(state)
    .filter((loud) => loud.entity === entity)
    .map(({ template }) => telemetry.logs.templates[template]!.example.slice(0, LONGEST_MESSAGE));
  const alerts = incident.alerts
    .map((index) => telemetry.alerts[index]!)
    .filter((alert) => alert.entities.some((e) => state.fold(e) === entity))
    .map((alert) => `${alert.name} ${alert.summary}`);
  return [...said, ...alerts].join('\n');
}

export interface LoudTemplate {
  readonly entity: EntityIndex;
  readonly template: number;
  readonly during: number;
  /** First log row of the incident. */
  readonly row: number;
}
const loudCaches = new WeakMap<RankingState, readonly LoudTemplate[]>();
/** Warnings and errors at least three times as frequent as before. */
export function loudTemplates(state: RankingState): readonly LoudTemplate[] {
  const known = loudCaches.get(state);
  if (known) return known;
  const { telemetry, graph } = state.input;
  const { logs } = telemetry;
  const { baseline, incident } = graph.windows;
  const cells = new Map<number, { entity: number; template: number; before: number; during: number; row: number }>();
  for (let row = 0; row < logs.length; row++) {
    const owner = logs.entity[row]!;
    const template = logs.template[row]!;
    if (logs.severity[row]! < WARN_SEVERITY || owner < 0 || template < 0) continue;
    const entity = state.fold(owner);
    const key = entity * logs.templates.length + template;
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { entity, template, before: 0, during: 0, row: -1 }));
    if (logs.timeNs[row]! >= incident.startNs) {
      if (cell.during++ === 0) cell.row = row;
    } else if (logs.timeNs[row]! >= baseline.startNs) cell.before++;
  }
  const ratio = (incident.endNs - incident.startNs) / Math.max(1, baseline.endNs - baseline.startNs);
  const loud = [...cells.values()].filter(({ before, during }) => during >= 2 && during > 3 * before * ratio);
  loudCaches.set(state, loud);
  return loud;
}
