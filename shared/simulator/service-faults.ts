/** Faults whose cause is a service. */
import { add, combine, scale } from './environment.ts';
import { pickNeeded, rampAt } from './fault.ts';
import type { Fault, FaultPlan } from './fault.ts';
import type { Pool, Service, System } from './system.ts';
import { FIRST_ERRORS } from './vocabulary.ts';

type Planned = Omit<Fault, 'scenario' | 'faultKind' | 'startSecond' | 'endSecond' | 'severity'>;

/** Seconds between the replacement of one pod and the next. */
export const ROLLOUT_SECONDS = 25;

function isFree(plan: FaultPlan, service: Service): boolean {
  return !plan.taken.has(`service:${service.name}`);
}
function chooseService(plan: FaultPlan, accept: (service: Service) => boolean): Service {
  const candidates = plan.system.services.filter(
    (service) => !service.isEntry && isFree(plan, service) && accept(service),
  );
  const chosen = pickNeeded(plan, candidates, (service) => plan.importance.services[service.index] ?? 0);
  if (!chosen) throw new RangeError(`no service is left for ${plan.scenario}`);
  return chosen;
}

/** The new version throws on one path, or does much more work per request. */
export function badDeployment(plan: FaultPlan): Planned {
  const service = chooseService(plan, (candidate) => candidate.operations.some((operation) => operation.queue < 0));
  const { random, severity } = plan;
  const isSlow = random.chance(0.35);
  const operations = random.chance(0.5) ? service.operations : service.operations.slice(0, 1);
  const noun = service.operations[0]?.noun ?? 'item';
  const rollout = ROLLOUT_SECONDS * service.slots.length;
  return {
    entity: { type: 'service', name: service.name },
    target: service.index,
    text: {
      errorType: ERROR_TYPES[service.runtime],
      message: random.choice(FIRST_ERRORS).replaceAll('{noun}', noun),
    },
    change: { kind: 'deployment', service: service.index, key: '', before: '', after: '' },
    influence: {
      apply(environment, second) {
        // As many pods as have been replaced by now run the new version.
        const pods = Math.floor(rampAt(plan, second, rollout) * service.slots.length + 1e-9) / service.slots.length;
        if (pods === 0) return;
        for (const operation of operations) {
          if (isSlow) scale(environment.ownFactor, operation.index, 1 + (8 + 22 * severity) * pods);
          combine(
            environment.ownError,
            operation.index,
            Math.min(0.9, isSlow ? 0.02 * severity : 0.1 + 0.5 * severity) * pods,
          );
        }
      },
    },
  };
}
const ERROR_TYPES = {
  java: 'java.lang.IllegalStateException',
  go: '*errors.errorString',
  nodejs: 'TypeError',
  python: 'ValueError',
  dotnet: 'System.InvalidOperationException',
} as const;

/** Every pod leaks until it is killed for it, starts again, and leaks again. */
export function memoryLeak(plan: FaultPlan): Planned {
  const service = chooseService(plan, () => true);
  const { random, severity } = plan;
  const secondsToLimit = random.uniform(380, 520) / Math.max(0.6, severity + 0.25);
  const pace = service.slots.map(() => random.uniform(0.85, 1.2));
  return {
    entity: { type: 'service', name: service.name },
    target: service.index,
    text: null,
    change: random.chance(0.4) ? { kind: 'deployment', service: service.index, key: '', before: '', after: '' } : null,
    influence: {
      apply(environment, second) {
        if (rampAt(plan, second, 30) === 0) return;
        service.slots.forEach((slot, i) => {
          add(environment.leakPerSecond, slot, ((1 - service.memoryRatio) / secondsToLimit) * (pace[i] ?? 1));
        });
      },
    },
  };
}

/** Packets to the pods of the service take a detour; its own work is as fast as ever. */
export function networkDelay(plan: FaultPlan): Planned {
  const service = chooseService(plan, () => true);
  const delayMs = plan.random.uniform(150, 300) + 700 * plan.severity;
  return {
    entity: { type: 'service', name: service.name },
    target: service.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        add(environment.networkMs, service.index, delayMs * rampAt(plan, second, 40));
      },
    },
  };
}

/** Connections are borrowed and not given back, until hardly any is left. */
export function poolExhaustion(plan: FaultPlan): Planned {
  const { system, random, severity } = plan;
  const poolsOf = (service: Service) =>
    system.pools.filter((pool) => pool.service === service.index && !system.stores[pool.store]?.isCache);
  const service = chooseService(plan, (candidate) =>
    poolsOf(candidate).some((pool) =>
      candidate.operations.some((operation) => operation.calls.some((call) => call.pool === pool.index)),
    ),
  );
  const pool = random.choice(poolsOf(service));
  const store = system.stores[pool.store];
  const busy = (usualPoolRate(system, pool) / service.slots.length) * (((store?.baseMs ?? 2) + 0.5) / 1000);
  const free = busy / (1.3 + 2.5 * severity);
  const ramp = random.uniform(60, 200);
  const isSetting = random.chance(0.4);
  return {
    entity: { type: 'service', name: service.name },
    target: service.index,
    text: null,
    change: isSetting
      ? {
          kind: 'configuration',
          service: service.index,
          key: 'datasource.leak-detection',
          before: 'true',
          after: 'false',
        }
      : null,
    influence: {
      apply(environment, second) {
        const share = rampAt(plan, second, ramp);
        if (share > 0) environment.poolLost[pool.index] = share * (1 - free / pool.size);
      },
    },
  };
}

/** Queries per second that take a connection of the pool when nothing is wrong. */
function usualPoolRate(system: System, pool: Pool): number {
  let rate = 0;
  for (const operation of system.services[pool.service]?.operations ?? []) {
    for (const call of operation.calls) {
      const made = (system.usualRate[operation.index] ?? 0) * call.probability * call.count;
      if (call.pool === pool.index) rate += made;
      if (call.onMiss?.pool === pool.index) rate += made * (1 - (system.stores[call.target]?.hitRatio ?? 1));
    }
  }
  return rate;
}

/** Many more requests from outside, on every operation of one entry service. */
export function trafficSurge(plan: FaultPlan): Planned {
  const { system, severity } = plan;
  const entries = system.services.filter((service) => service.isEntry && isFree(plan, service));
  const service = pickNeeded(plan, entries, (candidate) => plan.importance.services[candidate.index] ?? 0);
  if (!service) throw new RangeError('no entry service is left for a traffic surge');
  const factor = 1.5 + 3 * severity;
  return {
    entity: { type: 'service', name: service.name },
    target: service.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        const share = rampAt(plan, second, 120);
        for (const operation of service.operations) scale(environment.entryFactor, operation.index, 1 + factor * share);
      },
    },
  };
}

/** The serving certificate of a service runs out; open connections live a little longer. */
export function expiredService(plan: FaultPlan): Planned {
  const service = chooseService(plan, () => true);
  const share = Math.min(1, 0.75 + 0.25 * plan.severity);
  return {
    entity: { type: 'service', name: service.name },
    target: service.index,
    text: null,
    change: null,
    influence: {
      apply(environment, second) {
        combine(environment.serviceTls, service.index, share * rampAt(plan, second, 120));
      },
    },
  };
}
