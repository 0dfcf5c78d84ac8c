/**
 * When was it noticed? What the user says counts; else the alerts, or since when their own metrics were off; else the moment at which most series change their
 * level. Only the window of the analysis follows from it: what happened is decided by the detectors.
 */
import { NS_PER_MINUTE } from '../../model/time.ts';
import type { AlertSeverity } from '../../model/alert.ts';
import type { Telemetry, TelemetryAlert } from '../../model/telemetry.ts';
import type { AnalysisContext, AnalysisRequest } from '../context.ts';
import { onsetOfAlerted } from '../correlators/alerted-onset.ts';
import { findDisturbance } from './find-disturbance.ts';

export interface Alarm {
  /** Nanoseconds after origin. */
  readonly timeNs: number;
  readonly basis: 'request' | 'alerts' | 'data' | 'none';
}

const SEVERITY_WEIGHT: Readonly<Record<AlertSeverity, number>> = { critical: 3, warning: 2, info: 0.5, unknown: 1 };
/** Alerts of one incident begin within this long, mostly. */
const BURST_NS = 10 * NS_PER_MINUTE;
/** An alert this close before the burst is taken for its first sign. */
const FIRST_SIGN_GAP_NS = 5 * NS_PER_MINUTE;
/** Weight of an alert about something that nothing else in the case speaks of: another team's batch job, a test cluster. */
const STRANGER_SHARE = 0.25;
/** A rule that fires so often, over so much of the data, tells no moment. */
const HABIT = { firings: 3, share: 0.5 } as const;

export function chooseAlarm(telemetry: Telemetry, request: AnalysisRequest, context: AnalysisContext): Alarm {
  if (request.at !== undefined) return { timeNs: Number(request.at - telemetry.origin), basis: 'request' };
  const fromAlerts = alarmOfAlerts(telemetry);
  if (fromAlerts?.isStranger === false) return { timeNs: fromAlerts.timeNs, basis: 'alerts' };
  const disturbance = findDisturbance(telemetry, context);
  if (disturbance) return { timeNs: disturbance.timeNs, basis: 'data' };
  if (fromAlerts) return { timeNs: fromAlerts.timeNs, basis: 'alerts' };
  return { timeNs: (telemetry.startNs + telemetry.endNs) / 2, basis: 'none' };
}

interface Start {
  readonly timeNs: number;
  readonly alert: TelemetryAlert;
  readonly rule: string;
  readonly weight: number;
  readonly isStranger: boolean;
}

/** First alert of the heaviest burst of different rules; undefined when there is no alert within the data. */
function alarmOfAlerts(telemetry: Telemetry): Start | undefined {
  const starts = startsOfAlerts(telemetry);
  if (starts.length === 0) return undefined;
  let best = -1;
  let bestWeight = 0;
  const hasKnown = starts.some((start) => !start.isStranger);
  for (let i = 0; i < starts.length; i += 1) {
    if (hasKnown && starts[i]!.isStranger) continue;
    const rules = new Map<string, number>();
    for (let k = i; k < starts.length && starts[k]!.timeNs - starts[i]!.timeNs <= BURST_NS; k += 1) {
      rules.set(starts[k]!.rule, Math.max(rules.get(starts[k]!.rule) ?? 0, starts[k]!.weight));
    }
    let weight = 0;
    for (const part of rules.values()) weight += part;
    if (weight > bestWeight * 1.0001) [best, bestWeight] = [i, weight];
  }
  let first = best;
  for (let i = best - 1; i >= 0 && starts[first]!.timeNs - starts[i]!.timeNs <= FIRST_SIGN_GAP_NS; i -= 1) {
    if (!starts[i]!.isStranger) first = i;
  }
  const chosen = starts[first];
  return chosen && { ...chosen, timeNs: Math.min(chosen.timeNs, onsetOfAlerted(telemetry, chosen.alert)) };
}

function startsOfAlerts(telemetry: Telemetry): Start[] {
  const byRule = new Map<string, number[]>();
  const all: Start[] = [];
  const spokenOf = entitiesSpokenOf(telemetry);
  for (const alert of telemetry.alerts) {
    const timeNs = Number(alert.startTime - telemetry.origin);
    if (timeNs < telemetry.startNs || timeNs > telemetry.endNs) continue;
    const rule = `${alert.name}\u0000${alert.entities[0] ?? -1}`;
    const isStranger = alert.entities.length > 0 && !alert.entities.some((entity) => spokenOf[entity] === 1);
    all.push({
      timeNs,
      alert,
      rule,
      weight: SEVERITY_WEIGHT[alert.severity] * (isStranger ? STRANGER_SHARE : 1),
      isStranger,
    });
    const times = byRule.get(rule);
    if (times) times.push(timeNs);
    else byRule.set(rule, [timeNs]);
  }
  const extent = telemetry.endNs - telemetry.startNs;
  const isHabit = (rule: string): boolean => {
    const times = byRule.get(rule)!;
    return times.length >= HABIT.firings && Math.max(...times) - Math.min(...times) > HABIT.share * extent;
  };
  const telling = all.filter((start) => !isHabit(start.rule));
  return (telling.length > 0 ? telling : all).sort((a, b) => a.timeNs - b.timeNs || (a.rule < b.rule ? -1 : 1));
}

/** 1 for entities that sent telemetry, are called, or have a place in the topology. */
function entitiesSpokenOf(telemetry: Telemetry): Uint8Array {
  const flags = Uint8Array.from(telemetry.entities, (entity) => (entity.isInstrumented ? 1 : 0));
  for (const peer of telemetry.spans.peer) if (peer >= 0) flags[peer] = 1;
  for (const edge of telemetry.edges) {
    if (telemetry.entities[edge.to]?.type === 'namespace') continue;
    if (edge.provenance !== 'alerts') flags[edge.from] = flags[edge.to] = 1;
  }
  return flags;
}
