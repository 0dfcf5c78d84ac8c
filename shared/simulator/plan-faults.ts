/** Chooses entity, time and strength of every fault of a simulation, on different entities. */
import type { Random } from '../base/random.ts';
import { entityKey } from '../model/entity.ts';
import type { Fault, FaultPlan } from './fault.ts';
import { measureImportance } from './importance.ts';
import { SCENARIO_CAUSES } from './options.ts';
import type { Scenario, SimulationOptions } from './options.ts';
import {
  cacheStampede,
  diskFull,
  expiredExternal,
  noisyNeighbour,
  queueBacklog,
  slowQuery,
  thirdPartyOutage,
} from './resource-faults.ts';
import {
  badDeployment,
  expiredService,
  memoryLeak,
  networkDelay,
  poolExhaustion,
  trafficSurge,
} from './service-faults.ts';
import type { System } from './system.ts';

type Planned = Omit<Fault, 'scenario' | 'faultKind' | 'startSecond' | 'endSecond' | 'severity'>;
const PLANNERS: Readonly<Record<Scenario, (plan: FaultPlan) => Planned>> = {
  'bad-deployment': badDeployment,
  'slow-query': slowQuery,
  'memory-leak': memoryLeak,
  'disk-full': diskFull,
  'network-delay': networkDelay,
  'third-party-outage': thirdPartyOutage,
  'pool-exhaustion': poolExhaustion,
  'traffic-surge': trafficSurge,
  'certificate-expiry': (plan) => (plan.random.chance(0.5) ? expiredService(plan) : expiredExternal(plan)),
  'noisy-neighbour': noisyNeighbour,
  'cache-stampede': cacheStampede,
  'queue-backlog': queueBacklog,
};

/** No fault begins earlier, so that there is a baseline. */
export const BASELINE_SECONDS = 20 * 60;
const SHORTEST_FAULT_SECONDS = 10 * 60;

/** `boost[i]` multiplies the severity of fault i; the draws stay the same whatever it is. */
export function planFaults(
  system: System,
  options: SimulationOptions,
  random: Random,
  boost: readonly number[],
): readonly Fault[] {
  const taken = new Set<string>();
  const importance = measureImportance(system);
  return options.scenarios.map((scenario, i) => {
    const own = random.fork(`fault ${i} ${scenario}`);
    const length = options.minutes * 60;
    const slack = Math.max(0, Math.min(25 * 60, length - BASELINE_SECONDS - SHORTEST_FAULT_SECONDS - 120));
    const startSecond = BASELINE_SECONDS + Math.floor(own.uniform(0, slack));
    const longest = length - startSecond;
    const isOver = own.chance(0.3) && longest > SHORTEST_FAULT_SECONDS + 360;
    const endSecond = isOver
      ? startSecond + Math.floor(own.uniform(SHORTEST_FAULT_SECONDS + 120, longest - 180))
      : length;
    const severity = own.uniform(0.4, 1) * (boost[i] ?? 1);
    const plan: FaultPlan = { system, importance, random: own, scenario, startSecond, endSecond, severity, taken };
    const planned = PLANNERS[scenario](plan);
    taken.add(entityKey(planned.entity));
    return { ...planned, scenario, faultKind: SCENARIO_CAUSES[scenario].faultKind, startSecond, endSecond, severity };
  });
}
