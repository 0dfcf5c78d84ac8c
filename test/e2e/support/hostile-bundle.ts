/**
 * A bundle whose every text is an attack on whoever shows it: markup, scripts, direction switches, names of 10 kB. The
 * telemetry itself is a plain incident (a service starts to fail), so that all views have something to show.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs if any view lets text become markup; specs look for its traces. */
export const PAYLOAD = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>';
export const RIGHT_TO_LEFT = 'svc-\u202etxt.exe\u202c-שירות';
export const LONG_NAME = `long-${'a'.repeat(10_000)}`;

const START = 1_750_000_000_000_000_000n;
const SECOND = 1_000_000_000n;
const SECONDS = 900;
const FAILS_FROM = 600;

/** Writes the bundle into `folder/hostile` and answers its path. */
export async function writeHostileBundle(folder: string): Promise<string> {
  const path = join(folder, 'hostile');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'traces.json'), traces());
  await writeFile(join(path, 'logs.json'), logs());
  await writeFile(join(path, 'alerts.json'), alerts());
  await writeFile(join(path, '=cmd|calc.json'), '{"never": "telemetry"');
  return path;
}

function resource(name: string): object {
  return { attributes: [{ key: 'service.name', value: { stringValue: name } }] };
}

const id = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

function traces(): string {
  const names = [RIGHT_TO_LEFT, `${PAYLOAD}-api`, LONG_NAME];
  const resourceSpans = names.map((service, place) => ({
    resource: resource(service),
    scopeSpans: [
      {
        scope: { name: PAYLOAD },
        spans: Array.from({ length: SECONDS }, (_, second) => span(second, place)),
      },
    ],
  }));
  return JSON.stringify({ resourceSpans });
}

/** Each second one trace of three spans, one per service; the last one fails from `FAILS_FROM` on and slows the others. */
function span(second: number, place: number): object {
  const isFailing = second >= FAILS_FROM;
  const start = START + BigInt(second) * SECOND + BigInt(place) * 1_000_000n;
  return {
    traceId: id(second + 1, 32),
    spanId: id(second * 3 + place + 1, 16),
    ...(place === 0 ? {} : { parentSpanId: id(second * 3 + place, 16) }),
    name: `GET ${PAYLOAD}`,
    kind: place === 0 ? 2 : 2,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + (isFailing ? 900_000_000n : 20_000_000n)),
    attributes: [{ key: 'exception.message', value: { stringValue: PAYLOAD } }],
    status: isFailing ? { code: 2, message: PAYLOAD } : {},
  };
}

function logs(): string {
  const logRecords = Array.from({ length: SECONDS }, (_, second) => ({
    timeUnixNano: String(START + BigInt(second) * SECOND),
    severityNumber: second >= FAILS_FROM ? 17 : 9,
    body: { stringValue: second >= FAILS_FROM ? `failed ${PAYLOAD} ${RIGHT_TO_LEFT}` : `served ${PAYLOAD}` },
    attributes: [{ key: PAYLOAD, value: { stringValue: `${PAYLOAD}\u0000\u001b[2J` } }],
  }));
  const resourceLogs = [{ resource: resource(LONG_NAME), scopeLogs: [{ scope: {}, logRecords }] }];
  return JSON.stringify({ resourceLogs });
}

function alerts(): string {
  const startsAt = new Date(Number((START + BigInt(FAILS_FROM + 30) * SECOND) / 1_000_000n)).toISOString();
  return JSON.stringify({
    version: '4',
    groupKey: PAYLOAD,
    status: 'firing',
    receiver: PAYLOAD,
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'javascript:window.hacked=3',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: PAYLOAD, severity: 'critical', service: `${PAYLOAD}-api` },
        annotations: { summary: PAYLOAD },
        startsAt,
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'javascript:window.hacked=4',
        fingerprint: 'f00d',
      },
    ],
  });
}
