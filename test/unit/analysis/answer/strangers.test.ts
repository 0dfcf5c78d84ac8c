/** Bundles as strangers send them: one alert and its metric, alerts alone, summaries without a clock, commits beside deployments. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../shared/analysis/analyze.ts';
import { gapsOfImport } from '../../../../shared/analysis/answer/gaps-of-import.ts';
import { joinCommits } from '../../../../shared/analysis/answer/join-commits.ts';
import { narrowToMeasured } from '../../../../shared/analysis/answer/measured-extent.ts';
import { onsetOfAlerted } from '../../../../shared/analysis/correlators/alerted-onset.ts';
import type { AnalysisResult } from '../../../../shared/model/analysis-result.ts';
import type { Telemetry } from '../../../../shared/model/telemetry.ts';
import { unixNano } from '../../../../shared/model/time.ts';
import { TelemetryBuilder } from '../../../accuracy/telemetry-builder.ts';

const T0 = 1_700_000_000_000_000_000n;
const MINUTE = 60_000_000_000n;
const context = { progress: () => undefined, throwIfCancelled: () => undefined };
const answer = (telemetry: Telemetry): AnalysisResult => analyze(telemetry, {}, context);
const at = (minute: number): bigint => T0 + BigInt(minute) * MINUTE;

/** Two hours of one metric of `shop`, usual around 0.004; `valueAt` overrides from its minute on. */
function metricHours(
  name: string,
  valueAt: (minute: number) => number | undefined,
): { builder: TelemetryBuilder; shop: number } {
  const builder = new TelemetryBuilder();
  const shop = builder.entity('service', 'shop', true);
  for (let minute = 0; minute < 120; minute += 1) {
    builder.addPoint({ entity: shop, name }, at(minute), valueAt(minute) ?? 0.004 + (minute % 5) * 0.0002);
  }
  return { builder, shop };
}
function alert(builder: TelemetryBuilder, minute: number, entity: number, metric?: string): void {
  builder.addAlert({
    externalId: `alert-${minute}-${entity}`,
    name: 'Monitor 17',
    summary: '',
    severity: 'critical',
    state: 'firing',
    startTime: unixNano(at(minute)),
    entities: [entity],
    labels: {},
    annotations: {},
    signal: metric === undefined ? undefined : { kind: 'metric', name: metric },
  });
}

describe('one alert and the metric it is about', () => {
  it('is an incident from the minute the metric left its range', () => {
    const { builder, shop } = metricHours('http_5xx_ratio', (minute) => (minute >= 90 ? 0.6 : undefined));
    alert(builder, 93, shop, 'http_5xx_ratio');
    const telemetry = builder.build();
    const { incidents, abstained } = answer(telemetry);
    expect(incidents).toHaveLength(1);
    expect(abstained).toBe(false);
    expect(incidents[0]!.title).toContain('http_5xx_ratio');
    const start = Number(incidents[0]!.start - at(90)) / 60e9;
    expect(Math.abs(start)).toBeLessThanOrEqual(1);
    for (const { confidence, score } of incidents[0]!.hypotheses) {
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(score).toBeLessThanOrEqual(1);
    }
  });
  it('is none when the metric stayed where it was', () => {
    const { builder, shop } = metricHours('http_5xx_ratio', () => undefined);
    alert(builder, 93, shop, 'http_5xx_ratio');
    const { incidents, abstainReason } = answer(builder.build());
    expect(incidents).toHaveLength(0);
    expect(abstainReason).toMatch(/too weak|exceeds/);
  });
  it('holds a slow ramp and its late alert together', () => {
    const ramp = (minute: number): number | undefined => (minute >= 50 ? 0.2 + (minute - 50) * 0.01 : undefined);
    const { builder, shop } = metricHours('error_ratio', ramp);
    alert(builder, 110, shop, 'error_ratio');
    const telemetry = builder.build();
    expect(onsetOfAlerted(telemetry, telemetry.alerts[0]!)).toBe(Number(at(50) - telemetry.origin));
    const { incidents } = answer(telemetry);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]!.alerts).toHaveLength(1);
    expect(incidents[0]!.findings.length).toBeGreaterThan(0);
  });
});

describe('onsetOfAlerted', () => {
  it('stays with the alert for counters, other metrics and other services', () => {
    const { builder, shop } = metricHours('error_ratio', (minute) => (minute >= 60 ? 0.5 : undefined));
    const other = builder.entity('service', 'other', true);
    alert(builder, 80, shop, 'another_metric');
    alert(builder, 80, other, 'error_ratio');
    alert(builder, 80, shop);
    const telemetry = builder.build();
    const expected = Number(at(80) - telemetry.origin);
    for (const item of telemetry.alerts) expect(onsetOfAlerted(telemetry, item)).toBe(expected);
  });
});

describe('alerts alone', () => {
  it('are an incident without a cause, and the reason says what is lacking', () => {
    const builder = new TelemetryBuilder();
    for (let i = 0; i < 8; i += 1) alert(builder, 30, builder.entity('service', `part-${i}`));
    const { incidents, abstained, abstainReason } = answer(builder.build());
    expect(incidents).toHaveLength(1);
    for (const { confidence } of incidents[0]!.hypotheses) expect(confidence).toBeLessThan(0.3);
    expect(abstained).toBe(true);
    expect(abstainReason).toMatch(/no spans, metrics or log records/);
  });
});

describe('narrowToMeasured', () => {
  it('goes by reports when nothing was measured, never by guessed times', () => {
    const builder = new TelemetryBuilder();
    const shop = builder.entity('service', 'shop');
    alert(builder, 10, shop);
    alert(builder, 40, shop);
    const telemetry = builder.build();
    const event = {
      rowId: 1,
      externalId: 'pattern',
      reason: 'LogPattern',
      message: 'out of stock',
      severity: 'warning' as const,
      startTime: unixNano(at(500_000)),
      endTime: unixNano(at(500_000)),
      count: 3,
      isTimeInferred: true,
      entities: [shop],
      attributes: {},
    };
    const endNs = Number(at(500_000) - telemetry.origin);
    const narrowed = narrowToMeasured({ ...telemetry, events: [event], endNs });
    expect(narrowed.endNs - narrowed.startNs).toBe(30 * 60e9);
    const dated = narrowToMeasured({ ...telemetry, events: [{ ...event, isTimeInferred: false }], endNs });
    expect(dated.endNs - dated.startNs).toBeGreaterThan(30 * 60e9);
  });
});

describe('joinCommits', () => {
  const change = (changeKind: 'commit' | 'deployment', title: string, revision: string, entities: number[] = []) => ({
    externalId: `${changeKind} ${revision}`,
    changeKind,
    title,
    status: 'unknown' as const,
    startTime: unixNano(at(1)),
    entities,
    revision,
    description: `${title} in words`,
    attributes: {},
  });
  it('lets a deployment speak in the words of its commit, whatever length the revision was cut to', () => {
    const builder = new TelemetryBuilder();
    const shop = builder.entity('service', 'shop', true);
    builder.addChange(change('commit', 'drop the retry limit', '0123456789abcdef0123456789abcdef01234567'));
    builder.addChange(change('deployment', 'Deployment of shop', '0123456789', [shop]));
    builder.addChange(change('deployment', 'Deployment of shop', 'fedcba9876', [shop]));
    builder.addChange(change('deployment', 'Release 12', '12', [shop]));
    const telemetry = builder.build();
    const joined = joinCommits(telemetry);
    expect(joined.changes.map(({ title }) => title)).toEqual([
      'drop the retry limit',
      'Deployment of shop (drop the retry limit)',
      'Deployment of shop',
      'Release 12',
    ]);
    expect(joined.changes[1]!.description).toContain('drop the retry limit in words');
    expect(joined.changes.map(({ rowId }) => rowId)).toEqual(telemetry.changes.map(({ rowId }) => rowId));
  });
});

describe('gapsOfImport', () => {
  const gaps = (...texts: string[]) => {
    const telemetry = new TelemetryBuilder().build();
    return gapsOfImport({ ...telemetry, knownGaps: texts.map((text) => ({ kind: 'import_warning', text })) });
  };
  it('leaves out what only informs', () => {
    expect(gaps('a/metrics.csv: read as long table: time=timestamp, value=value')).toEqual([]);
  });
  it('gives each gap the effect that fits it', () => {
    const [zone, time, cut] = gaps(
      'a.csv: times carry no zone and are read as UTC',
      'b.txt: The samples carry no time; the time of the file stands in.',
      'c.log: 3 lines longer than 1 MB were cut',
    );
    expect(zone!.effect).toMatch(/zone/);
    expect(time!.effect).toMatch(/before or after/);
    expect(cut!.effect).toMatch(/cut off/);
    const [logZone, year] = gaps(
      'a.log: 9 of 9 records carry a time without zone, read as UTC (option log.zone=+HH:MM changes that)',
      'b.log: 9 of 9 records carry a time without year or day, completed from the time of the file',
    );
    expect(logZone!.effect).toMatch(/zone/);
    expect(year!.effect).toMatch(/year/);
    expect(year!.text.endsWith('.')).toBe(true);
  });
  it('stays short', () => {
    const spots = gaps(...Array.from({ length: 12 }, (_, i) => `file-${i}: odd thing`));
    expect(spots.length).toBeLessThanOrEqual(4);
    expect(spots.at(-1)!.text).toContain('9 more');
  });
});
