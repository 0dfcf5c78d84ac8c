/** Lines of healthy programs, and of databases about themselves. */
import type { Random } from '../base/random.ts';
import type { ModelState } from './model-state.ts';
import { statementOf } from './span-text.ts';
import type { Operation, Service, Store } from './system.ts';

export interface Line {
  readonly severity: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly body: string;
}

const ACCESS: readonly string[] = [
  'Completed {route} in {ms} ms',
  '{noun} {id} loaded for customer {customer}',
  'Returning {count} {noun} records (page {page})',
  '{noun} request {id} accepted',
  'Handled {route} status=ok duration={ms}ms customer={customer}',
  'Updated {noun} {id}, version {count}',
];

export function accessLine(operation: Operation, ms: number, random: Random): string {
  // Each operation has two ways to say it.
  const template = ACCESS[(operation.index * 2 + random.integer(0, 1)) % ACCESS.length] ?? ACCESS[0] ?? '';
  return template
    .replace('{route}', operation.name)
    .replace('{ms}', ms.toFixed(1))
    .replace('{noun}', operation.noun)
    .replace('{id}', random.uint32().toString(16))
    .replace('{customer}', String(random.integer(10_000, 99_999)))
    .replace('{count}', String(random.integer(1, 50)))
    .replace('{page}', String(random.integer(1, 9)));
}

const CALM: readonly string[] = [
  'Configuration refreshed from configmap, {n} keys, no change',
  'Connection pool statistics: active={a}, idle={n}, waiting=0',
  'Evicted {n} expired entries from local cache',
  'Scheduled job cleanup-{word} finished in {n} ms',
  'Health check passed',
  'Flushed {n} metrics to collector',
  'Token for {word}-client renewed, valid for 3600 s',
];
const GRUMBLE: readonly string[] = [
  'Slow garbage collection: pause of {n} ms',
  'Deprecated header X-Client-Version used by client {a}',
  'Clock drift of {a} ms against time server',
  'Skipping unknown field "legacy_{word}" in message',
  'Response to client {n} was cut off: broken pipe',
];
const COMPLAINT: readonly string[] = [
  'Could not send audit record {n}, will try again later',
  'Failed to parse feature payload for {word}: unexpected end of input',
  'Unhandled rejection in background refresh of {word}',
];

/** Something a program says on its own account. `age` is seconds since the pod started. */
export function housekeepingLine(service: Service, memory: number, age: number, random: Random): Line {
  const word = service.operations[0]?.noun ?? 'item';
  const fill = (template: string): string =>
    template
      .replace('{n}', String(random.integer(3, 400)))
      .replace('{a}', String(random.integer(1, 9)))
      .replace('{word}', word);
  if (age >= 0 && age < 10)
    return { severity: 'INFO', body: `Started ${service.name} in ${random.uniform(2, 14).toFixed(3)} seconds` };
  if (memory > 0.9 && random.chance(0.7)) {
    const used = Math.round((memory * service.memoryLimitBytes) / 1024 ** 2);
    const limit = Math.round(service.memoryLimitBytes / 1024 ** 2);
    return { severity: 'WARN', body: `Memory usage high: ${used} MiB of ${limit} MiB, forcing full collection` };
  }
  const draw = random.next();
  if (draw < 0.87)
    return { severity: 'INFO', body: fill(CALM[(service.index + random.integer(0, 3)) % CALM.length] ?? '') };
  if (draw < 0.975)
    return { severity: 'WARN', body: fill(GRUMBLE[(service.index + random.integer(0, 1)) % GRUMBLE.length] ?? '') };
  return { severity: 'ERROR', body: fill(COMPLAINT[service.index % COMPLAINT.length] ?? '') };
}

/** What a database logs in one step, if anything. */
export function storeLine(store: Store, state: ModelState, step: number, random: Random): Line | undefined {
  const at = step * state.system.stores.length + store.index;
  const latency = state.storeLatencyMs[at] ?? 0;
  const disk = state.storeDiskRatio[at] ?? 0;
  if ((state.storeErrorRatio[at] ?? 0) > 0.05 && !store.isCache) {
    return {
      severity: 'ERROR',
      body: `could not write to file "pg_wal/xlogtemp.${random.integer(40, 90)}": No space left on device`,
    };
  }
  if (disk > 0.95 && random.chance(0.3)) {
    return { severity: 'WARN', body: `volume is ${(disk * 100).toFixed(1)} % full, checkpoint is slow` };
  }
  if (!store.isCache && latency > 80 && random.chance(0.6)) {
    const statement = statementOf(store, random.integer(0, 2));
    return {
      severity: 'WARN',
      body: `duration: ${(latency * random.uniform(1, 2.4)).toFixed(3)} ms  statement: ${statement.text}`,
    };
  }
  if (store.isCache) {
    if (!random.chance(0.02)) return undefined;
    return { severity: 'INFO', body: `${random.integer(1, 90)} changes in 300 seconds. Saving...` };
  }
  if (!random.chance(0.04)) return undefined;
  const written = random.integer(20, 900);
  return {
    severity: 'INFO',
    body: random.choice([
      `checkpoint complete: wrote ${written} buffers (${(written / 160).toFixed(1)}%); write=${random.uniform(2, 30).toFixed(3)} s`,
      `automatic vacuum of table "${store.database}.public.${store.table}": index scans: 1, removed ${written} row versions`,
      `connection authorized: user=${store.database} database=${store.database}`,
    ]),
  };
}
