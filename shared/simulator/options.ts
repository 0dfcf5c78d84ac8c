/** What a simulation is asked for, with bounds, and what each scenario means in the words of the analysis. */
import type { EntityType } from '../model/entity.ts';
import type { FaultKind } from '../model/analysis-result.ts';

export const SCENARIOS = [
  'bad-deployment',
  'slow-query',
  'memory-leak',
  'disk-full',
  'network-delay',
  'third-party-outage',
  'pool-exhaustion',
  'traffic-surge',
  'certificate-expiry',
  'noisy-neighbour',
  'cache-stampede',
  'queue-backlog',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/**
 * Where the cause of each scenario is. The database of `slow-query` is the cause, the services that query it show the
 * symptoms. `disk-full` is the database whose volume fills. `certificate-expiry` is whichever side presents the expired
 * certificate, a service or a third party. `cache-stampede` is the cache (a cache is a `database`); the database behind
 * it is flooded and is a symptom. `queue-backlog` is the queue: its broker hands out and takes messages slowly, while
 * the consumer works normally on what it gets.
 */
export const SCENARIO_CAUSES: Readonly<
  Record<Scenario, { readonly faultKind: FaultKind; readonly entityTypes: readonly EntityType[] }>
> = {
  'bad-deployment': { faultKind: 'bad_deployment', entityTypes: ['service'] },
  'slow-query': { faultKind: 'slow_query', entityTypes: ['database'] },
  'memory-leak': { faultKind: 'memory_leak', entityTypes: ['service'] },
  'disk-full': { faultKind: 'disk_full', entityTypes: ['database'] },
  'network-delay': { faultKind: 'network_delay', entityTypes: ['service'] },
  'third-party-outage': { faultKind: 'third_party_outage', entityTypes: ['external'] },
  'pool-exhaustion': { faultKind: 'pool_exhaustion', entityTypes: ['service'] },
  'traffic-surge': { faultKind: 'traffic_surge', entityTypes: ['service'] },
  'certificate-expiry': { faultKind: 'certificate_expiry', entityTypes: ['service', 'external'] },
  'noisy-neighbour': { faultKind: 'noisy_neighbour', entityTypes: ['node'] },
  'cache-stampede': { faultKind: 'cache_stampede', entityTypes: ['database'] },
  'queue-backlog': { faultKind: 'queue_backlog', entityTypes: ['queue'] },
};

export interface SimulationOptions {
  /** Faults that happen together on different entities; empty = quiet. */
  readonly scenarios: readonly Scenario[];
  readonly seed: number;
  /** 10 … 1,000 */
  readonly services: number;
  /** Length of the recording, 30 … 1,440; the first 20 minutes are always free of the fault. */
  readonly minutes: number;
  /** Traces sampled per second on average, over 0. */
  readonly rate: number;
}
export const DEFAULT_OPTIONS = { seed: 1, services: 20, minutes: 60, rate: 0.25 } as const;

/** Reads `a+b` or `quiet`; returns a sentence for a person when it is neither. */
export function parseScenario(text: string): readonly Scenario[] | string {
  if (text === 'quiet') return [];
  const names = text.split('+');
  for (const name of names) {
    if (name === 'quiet') return 'quiet means no fault and cannot be joined with others';
    if (!(SCENARIOS as readonly string[]).includes(name)) {
      return `unknown scenario "${name}"; known: ${SCENARIOS.join(', ')}, quiet, or several joined by +`;
    }
  }
  return names as Scenario[];
}

/** Returns a sentence for a person, or undefined when the options can be run. */
export function checkOptions(options: SimulationOptions): string | undefined {
  const { seed, services, minutes, rate, scenarios } = options;
  if (!Number.isSafeInteger(seed)) return 'the seed must be a whole number';
  if (!Number.isInteger(services) || services < 10 || services > 1000) return 'services must be 10 to 1000';
  if (!Number.isInteger(minutes) || minutes < 30 || minutes > 1440) return 'minutes must be 30 to 1440';
  if (!(rate > 0) || rate > 100_000) return 'the rate must be above 0 and at most 100000 traces per second';
  if (scenarios.length > 4) return 'at most four scenarios can happen together';
  return undefined;
}
