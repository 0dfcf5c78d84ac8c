/** One sentence of mechanism for a hypothesis: what it does, since when, after which change, and who suffers with it. */
import type { FaultKind } from '../../model/analysis-result.ts';
import type { EntityIndex } from '../../model/telemetry.ts';
import { durationText, percent, quoted } from '../sentences.ts';
import type { RedComparison, RedStats } from '../topology/service-graph.ts';
import type { CauseItem } from './cause-item.ts';
import { datedOnset } from './own-onset.ts';
import type { RankingState } from './ranking-state.ts';

const NAMED_CALLERS = 3;
const NOTABLE_ERRORS = 0.01;
const NOTABLE_SLOWDOWN = 1.5;
const LONGEST_TITLE = 80;
const LONGEST_QUOTATION = 60;
const SMALLEST_CALLS = 10;

export function mechanismOf(
  state: RankingState,
  entity: EntityIndex,
  faultKind: FaultKind,
  items: readonly CauseItem[],
  change: number,
): string {
  const isSlowness = isMostlySlow(items);
  const what = whatItDoes(state, entity, faultKind, items, isSlowness);
  const onsetNs = datedOnset(state, items) ?? state.input.incident.onsetNs;
  const since = ` since ${clock(state, onsetNs)}${afterChange(state, change, onsetNs)}`;
  return `${what}${since}${withCallers(state, entity, isSlowness)}.`;
}

/** Whether time lost weighs more than errors begun: what is slow and fails now and then is not told by its failures. */
function isMostlySlow(items: readonly CauseItem[]): boolean {
  const weightOf = (aspect: string): number =>
    Math.max(0, ...items.filter((item) => item.aspect === aspect).map(({ weight }) => weight));
  return weightOf('own-time') > weightOf('error-origin');
}

/** A sign that names the kind tells best; errors and slowness are told by their own numbers. */
function whatItDoes(
  state: RankingState,
  entity: EntityIndex,
  faultKind: FaultKind,
  items: readonly CauseItem[],
  isSlowness: boolean,
): string {
  const name = state.nameOf(entity);
  const telling = items
    .filter(({ hint, weight, change }) => hint === faultKind && weight > 0 && change === undefined)
    .sort((a, b) => b.weight - a.weight)[0];
  const isTold = telling && !(telling.aspect === 'own-time' || telling.aspect === 'error-origin');
  if (isTold) return inShort(telling.text);
  const { graph } = state.input;
  const traffic = graph.traffic[entity];
  const seen = traffic ? traffic.selfTime : asCalled(state, entity, isSlowness);
  const told = seen && tellRed(name, seen, traffic ? 'of its own requests' : 'of the calls to it', isSlowness);
  if (told) return told;
  const strongest = items.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)[0];
  return strongest ? inShort(strongest.text) : `${name} shows nothing unusual itself`;
}

function tellRed(
  name: string,
  { baseline, incident }: RedComparison,
  of: string,
  isSlowness: boolean,
): string | undefined {
  if (incident.calls < SMALLEST_CALLS) return undefined;
  const errors = incident.errors / incident.calls;
  const isFailing = errors >= NOTABLE_ERRORS && errors > (2 * baseline.errors) / Math.max(1, baseline.calls);
  const isSlower = baseline.calls >= SMALLEST_CALLS && incident.p95Ns > NOTABLE_SLOWDOWN * baseline.p95Ns;
  if (isFailing && !(isSlowness && isSlower)) return `${name} fails ${percent(errors)} ${of}`;
  return isSlower
    ? `${name} takes ${durationText(incident.p95Ns)} at the 95th percentile ${of} (${durationText(baseline.p95Ns)} before)`
    : undefined;
}

/** Of the edges towards what records no spans of its own, the one that shows most. */
function asCalled(
  { input: { graph } }: RankingState,
  entity: EntityIndex,
  isSlowness: boolean,
): RedComparison | undefined {
  const edges = graph.callsTo(entity).flatMap((edge) => graph.calls[edge]!.red ?? []);
  const byTime = (a: RedComparison, b: RedComparison): number => b.incident.p95Ns - a.incident.p95Ns;
  const byErrors = (a: RedComparison, b: RedComparison): number => b.incident.errors - a.incident.errors;
  return edges.sort((a, b) => (isSlowness ? byTime(a, b) : byErrors(a, b) || byTime(a, b)))[0];
}

function afterChange(state: RankingState, change: number, onsetNs: number): string {
  if (change < 0) return '';
  const { telemetry } = state.input;
  const { title, startTime } = telemetry.changes[change]!;
  const lagNs = onsetNs - Number(startTime - telemetry.origin);
  const shown = title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title;
  return lagNs >= 0 ? `, ${duration(lagNs)} after “${shown}”` : `, about when “${shown}” began`;
}

function withCallers(state: RankingState, entity: EntityIndex, isSlowness: boolean): string {
  const { graph } = state.input;
  const troubled = graph
    .callsTo(entity)
    .map((edge) => graph.calls[edge]!)
    .filter(({ from, red }) => from !== entity && red !== null && red.incident.calls > 0)
    .map(({ from, red }) => ({ name: state.nameOf(from), failing: failingShare(red!.incident), red: red! }));
  const failing = troubled.filter(({ failing: share }) => share >= NOTABLE_ERRORS);
  const waiting = troubled.filter(({ red }) => red.incident.p95Ns > NOTABLE_SLOWDOWN * red.baseline.p95Ns);
  if (failing.length > 0 && !(isSlowness && waiting.length > 0))
    return `; ${callers(failing.map(({ name }) => name))} ${failing.length === 1 ? 'fails' : 'fail'} with it`;
  return waiting.length === 0
    ? ''
    : `; ${callers(waiting.map(({ name }) => name))} ${waiting.length === 1 ? 'waits' : 'wait'} for it`;
}
function failingShare({ errors, calls }: RedStats): number {
  return errors / Math.max(1, calls);
}
function callers(names: readonly string[]): string {
  const shown = [...names].sort().slice(0, NAMED_CALLERS);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const list = parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
  return `its ${names.length === 1 ? 'caller' : 'callers'} ${list}`;
}

/** `23:56:30` UTC. */
export function clock({ input: { telemetry } }: RankingState, ns: number): string {
  return new Date(Number((telemetry.origin + BigInt(Math.round(ns))) / 1_000_000n)).toISOString().slice(11, 19);
}
export function duration(ns: number): string {
  const seconds = Math.round(ns / 1e9);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
/** What makes evidence weigh is said where it stands; a headline says what happened. */
const WEIGHING = /; \d[\d.]* % of that is not explained by .*$/;

/** Evidence as part of a sentence: the whole quotation stands in the evidence. */
export function inShort(text: string): string {
  return text
    .replace(/\.$/, '')
    .replace(WEIGHING, '')
    .replace(/“([^”]*)”/g, (_, words: string) => quoted(words, LONGEST_QUOTATION));
}
