import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../shared/analysis/analyze.ts';
import { findBlindSpots } from '../../../../shared/analysis/answer/blind-spots.ts';
import { chooseAlarm } from '../../../../shared/analysis/answer/choose-alarm.ts';
import { findDisturbance } from '../../../../shared/analysis/answer/find-disturbance.ts';
import { fingerprint } from '../../../../shared/analysis/answer/fingerprint.ts';
import { formatQuantity } from '../../../../shared/analysis/answer/incident-title.ts';
import { unifyTemplates } from '../../../../shared/analysis/answer/unify-templates.ts';
import { TemplateMiner } from '../../../../shared/analysis/log-templates/template-miner.ts';
import { buildServiceGraph } from '../../../../shared/analysis/topology/build-service-graph.ts';
import type { Telemetry } from '../../../../shared/model/telemetry.ts';
import { unixNano } from '../../../../shared/model/time.ts';
import { TelemetryBuilder } from '../../../accuracy/telemetry-builder.ts';

const T0 = 1_700_000_000_000_000_000n;
const SECOND = 1_000_000_000n;
const context = { progress: () => undefined, throwIfCancelled: () => undefined };
const windows = { baseline: { startNs: 0, endNs: 1800e9 }, incident: { startNs: 1800e9, endNs: 3600e9 } };

/** Two services and an hour of requests; `shop` fails from `faultMinute` on (60 = never). */
function hour(faultMinute: number, shuffleSeed = 0): { builder: TelemetryBuilder; shop: number } {
  const builder = new TelemetryBuilder();
  const web = builder.entity('service', 'web', true);
  const shop = builder.entity('service', 'shop', true);
  for (let second = 0; second < 3600; second += 4) {
    const timeNs = T0 + BigInt(second) * SECOND;
    const isFailing = second >= faultMinute * 60 && second % 8 === 0;
    const base = { traceId: `t${second}`, instance: -1, operation: 'GET /', status: isFailing ? 2 : 0 };
    const durationNs = 5e6 + ((second * 7 + shuffleSeed) % 13) * 1e5;
    builder.addSpan({
      ...base,
      spanId: `w${second}`,
      parentId: '',
      timeNs,
      durationNs: durationNs * 2,
      entity: web,
      kind: 2,
    });
    builder.addSpan({
      ...base,
      spanId: `c${second}`,
      parentId: `w${second}`,
      timeNs,
      durationNs: durationNs * 1.5,
      entity: web,
      kind: 3,
    });
    builder.addSpan({
      ...base,
      spanId: `s${second}`,
      parentId: `c${second}`,
      timeNs,
      durationNs,
      entity: shop,
      kind: 2,
    });
  }
  return { builder, shop };
}
function alert(
  builder: TelemetryBuilder,
  minute: number,
  name: string,
  entity: number,
  severity: 'critical' | 'warning' = 'critical',
): void {
  builder.addAlert({
    externalId: `${name}-${minute}`,
    name,
    summary: '',
    severity,
    state: 'firing',
    startTime: unixNano(T0 + BigInt(Math.round(minute * 60)) * SECOND),
    entities: [entity],
    labels: {},
    annotations: {},
  });
}

describe('chooseAlarm', () => {
  it('takes what the user says', () => {
    const telemetry = hour(60).builder.build();
    const at = unixNano(telemetry.origin + 77n * SECOND);
    expect(chooseAlarm(telemetry, { at }, context)).toEqual({ timeNs: 77e9, basis: 'request' });
  });
  it('takes the burst of different alerts, not the first alert and not the habitual one', () => {
    const { builder, shop } = hour(60);
    for (let minute = 2; minute < 60; minute += 6) alert(builder, minute, 'Flapping', shop);
    alert(builder, 5, 'Lonely', shop, 'warning');
    alert(builder, 41, 'HighErrorRate', shop);
    alert(builder, 42, 'Slow', shop);
    expect(chooseAlarm(builder.build(), {}, context)).toEqual({ timeNs: 41 * 60e9, basis: 'alerts' });
  });
  it('finds the moment in the data when there is no alert', () => {
    const alarm = chooseAlarm(hour(35).builder.build(), {}, context);
    expect(alarm.basis).toBe('data');
    expect(Math.abs(alarm.timeNs / 60e9 - 35)).toBeLessThan(2);
    expect(findDisturbance(hour(60).builder.build(), context)).toBeUndefined();
  });
});

describe('fingerprint', () => {
  const of = (telemetry: Telemetry, request = {}, version = 1): string =>
    fingerprint(telemetry, request, [{ id: 'part', version, parameters: {} }], context);
  it('is the same for the same input and differs for data, question and version', () => {
    const telemetry = hour(35).builder.build();
    expect(of(hour(35).builder.build())).toBe(of(telemetry));
    expect(of(hour(36).builder.build())).not.toBe(of(telemetry));
    expect(of(hour(35, 1).builder.build())).not.toBe(of(telemetry));
    expect(of(telemetry, { at: unixNano(5n) })).not.toBe(of(telemetry));
    expect(of(telemetry, {}, 2)).not.toBe(of(telemetry));
  });
  it('leaves row ids out', () => {
    const telemetry = hour(35).builder.build();
    const moved = {
      ...telemetry,
      spans: { ...telemetry.spans, rowId: telemetry.spans.rowId.map((id) => id + 1_000) },
      entities: telemetry.entities.map((entity) => ({ ...entity, rowId: entity.rowId + 9 })),
    };
    expect(of(moved)).toBe(of(telemetry));
  });
});

describe('blind spots', () => {
  const kinds = (telemetry: Telemetry): string[] =>
    findBlindSpots(telemetry, buildServiceGraph(telemetry, windows, context)).map((spot) => spot.kind);
  it('name absent signals and uninstrumented callees', () => {
    const { builder, shop } = hour(60);
    builder.addEdge('calls', shop, builder.entity('service', 'billing'), 'configuration');
    const got = kinds(builder.build());
    expect(got).toEqual(['no_metrics', 'no_logs', 'no_changes', 'uninstrumented_callee']);
  });
  it('see orphans and clocks that differ', () => {
    const builder = new TelemetryBuilder();
    const web = builder.entity('service', 'web', true);
    const shop = builder.entity('service', 'shop', true);
    for (let i = 0; i < 100; i += 1) {
      const timeNs = T0 + BigInt(i) * SECOND * 30n;
      const base = { traceId: `t${i}`, instance: -1, operation: 'x', status: 0, durationNs: 1e6 };
      builder.addSpan({ ...base, spanId: `a${i}`, parentId: '', timeNs, entity: web, kind: 3 });
      builder.addSpan({ ...base, spanId: `b${i}`, parentId: `a${i}`, timeNs: timeNs - SECOND, entity: shop, kind: 2 });
      builder.addSpan({ ...base, spanId: `c${i}`, parentId: 'gone', timeNs, entity: shop, kind: 2 });
    }
    expect(kinds(builder.build())).toEqual(expect.arrayContaining(['orphan_spans', 'clock_doubt']));
    expect(kinds(hour(60).builder.build())).not.toContain('orphan_spans');
  });
});

describe('unifyTemplates', () => {
  it('counts records of templates that are one event together', () => {
    const builder = new TelemetryBuilder();
    const miner = new TemplateMiner();
    const shop = builder.entity('service', 'shop', true);
    const users = ['anna', 'bert', 'carl', 'dora', 'emil', 'fritz', 'gerd', 'hans', 'ida'];
    [...users.map((user) => `session of ${user} was closed`), 'disk is full'].forEach((message, i) => {
      const timeNs = T0 + BigInt(i) * SECOND;
      const template = miner.keyOf(message);
      builder.addLog({ timeNs, entity: shop, instance: -1, severity: 9, template, message, traceId: '', spanId: '' });
    });
    const { logs } = unifyTemplates(builder.build());
    const texts = [...logs.template].map((index) => logs.templates[index]!.text);
    expect(new Set(texts.slice(0, 9))).toEqual(new Set(['session of <*> was closed']));
    expect(texts[9]).toBe('disk is full');
  });
});

describe('formatQuantity', () => {
  it('writes what people read', () => {
    expect(formatQuantity(0.342, '1')).toBe('34.2 %');
    expect(formatQuantity(0.002, '1')).toBe('0.2 %');
    expect(formatQuantity(1_250_000_000, 'ns')).toBe('1.3 s');
    expect(formatQuantity(0.0123, 's')).toBe('12.3 ms');
    expect(formatQuantity(3_500_000, 'By')).toBe('3.5 MB');
  });
});

describe('analyze', () => {
  it('answers an empty case with an abstention', () => {
    const result = analyze(new TelemetryBuilder().build(), {}, context);
    expect(result.abstained).toBe(true);
    expect(result.incidents).toEqual([]);
    expect(result.abstainReason).toContain('no telemetry');
  });
  it('abstains on a quiet hour', () => {
    const result = analyze(hour(60).builder.build(), {}, context);
    expect(result.abstained).toBe(true);
    expect(result.abstainReason).not.toBeNull();
  });
  it('gives the same answer twice', () => {
    const once = analyze(hour(35).builder.build(), {}, context);
    const twice = analyze(hour(35).builder.build(), {}, context);
    expect(twice).toEqual(once);
  });
  it('stops when cancelled', () => {
    let polls = 0;
    const cancelled = new Error('cancelled');
    const stop = (): void => {
      polls += 1;
      if (polls > 3) throw cancelled;
    };
    expect(() => analyze(hour(35).builder.build(), {}, { ...context, throwIfCancelled: stop })).toThrow(cancelled);
  });
});
