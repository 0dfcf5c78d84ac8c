/** Reads what the simulator wrote the way a tool would, for assertions. */
import { simulate } from '../../../shared/simulator/simulate.ts';
import type { Truth } from '../../../shared/simulator/simulate.ts';
import type { SimulationOptions } from '../../../shared/simulator/options.ts';

export interface Bundle {
  readonly files: ReadonlyMap<string, string>;
  readonly truth: Truth;
}
export interface SpanRecord {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly isError: boolean;
  readonly service: string;
  readonly pod: string;
  readonly attributes: Readonly<Record<string, string>>;
}
interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string };
}
interface RawSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly status: { readonly code?: number };
}

/** Small enough for a unit test. */
export const SMALL = { seed: 11, services: 12, minutes: 40, rate: 0.1 } as const;

export function build(options: SimulationOptions): Bundle {
  const { files, truth } = simulate(options);
  const texts = new Map<string, string>();
  for (const file of files) texts.set(file.path, [...file.chunks].join(''));
  return { files: texts, truth };
}

function record(attributes: readonly KeyValue[]): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? '']));
}

export function jsonLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

export function spansOf(bundle: Bundle): SpanRecord[] {
  const lines = jsonLines(bundle.files.get('telemetry/traces.jsonl') ?? '') as {
    resourceSpans: { resource: { attributes: KeyValue[] }; scopeSpans: { spans: RawSpan[] }[] }[];
  }[];
  return lines.flatMap((line) =>
    line.resourceSpans.flatMap((group) => {
      const resource = record(group.resource.attributes);
      return group.scopeSpans.flatMap((scope) =>
        scope.spans.map((span) => ({
          traceId: span.traceId,
          spanId: span.spanId,
          parentSpanId: span.parentSpanId,
          name: span.name,
          kind: span.kind,
          start: BigInt(span.startTimeUnixNano),
          end: BigInt(span.endTimeUnixNano),
          isError: span.status.code === 2,
          service: resource['service.name'] ?? '',
          pod: resource['k8s.pod.name'] ?? '',
          attributes: record(span.attributes),
        })),
      );
    }),
  );
}

export interface AlertRecord {
  readonly fingerprint: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly labels: Readonly<Record<string, string>>;
}
export function alertsOf(bundle: Bundle): AlertRecord[] {
  return JSON.parse(bundle.files.get('alerts/alertmanager-alerts.json') ?? '[]') as AlertRecord[];
}
