/**
 * What happens in any system on any day and is nobody's incident: a short slow spell of a database or a service, and
 * now and then a few failing requests. Present in every run, with or without a fault.
 */
import type { Random } from '../base/random.ts';
import { combine, scale } from './environment.ts';
import type { Influence } from './environment.ts';
import type { System } from './system.ts';

export function planBackground(system: System, minutes: number, random: Random): readonly Influence[] {
  const length = minutes * 60;
  const count = 1 + Math.round(minutes / 40) + Math.round(system.services.length / 150);
  const blips: Influence[] = [];
  for (let i = 0; i < count; i += 1) {
    const start = Math.floor(random.uniform(60, length - 120));
    const end = start + Math.floor(random.uniform(20, 60));
    const isStore = random.chance(0.5);
    const store = random.integer(0, system.stores.length - 1);
    const operation = random.integer(0, system.operations.length - 1);
    const factor = random.uniform(1.8, 3.2);
    blips.push({
      apply(environment, second) {
        if (second < start || second >= end) return;
        if (isStore) scale(environment.storeFactor, store, factor);
        else scale(environment.ownFactor, operation, factor);
      },
    });
  }
  blips.push(chronicErrors(system, random));
  return blips;
}

/** A few operations always fail now and then: bad input, a flaky client. Under one in a hundred. */
function chronicErrors(system: System, random: Random): Influence {
  const chosen = random.shuffle(system.operations).slice(0, Math.max(1, Math.round(system.operations.length / 12)));
  const ratios = chosen.map(() => random.uniform(0.002, 0.009));
  return {
    apply(environment) {
      chosen.forEach((operation, i) => combine(environment.ownError, operation.index, ratios[i] ?? 0));
    },
  };
}
