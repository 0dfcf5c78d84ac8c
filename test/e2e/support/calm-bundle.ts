/** Telemetry of a quarter of an hour in which nothing happens; or of a few seconds, which say nothing at all. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const START = 1_750_000_000_000_000_000n;
const SECOND = 1_000_000_000n;

const id = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Writes `folder/calm/traces.json`, one trace of a healthy service a second, and answers the folder's path. */
export async function writeCalmBundle(folder: string, seconds: number): Promise<string> {
  const path = join(folder, 'calm');
  await mkdir(path, { recursive: true });
  const spans = Array.from({ length: seconds }, (_, second) => ({
    traceId: id(second + 1, 32),
    spanId: id(second + 1, 16),
    name: 'GET /health',
    kind: 2,
    startTimeUnixNano: String(START + BigInt(second) * SECOND),
    endTimeUnixNano: String(START + BigInt(second) * SECOND + 20_000_000n),
    status: {},
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'steady' } }] };
  await writeFile(
    join(path, 'traces.json'),
    JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: {}, spans }] }] }),
  );
  return path;
}
