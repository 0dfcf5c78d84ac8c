/**
 * What would prove a hypothesis wrong: one observation that the kind of fault forbids and that a person on call can look
 * for. An account that nothing could contradict is no explanation, so every kind has its own.
 */
import type { ChangeSummary, FaultKind } from '../../model/analysis-result.ts';
import type { EntityType } from '../../model/entity.ts';

const LONGEST_TITLE = 100;

type Sentence = (name: string) => string;
const BY_KIND: Readonly<Record<FaultKind, Sentence>> = {
  bad_deployment: (name) => `Copies of ${name} that still run the version before it fail in the same way.`,
  configuration_error: (name) => `${name} behaves the same with the settings it had before.`,
  code_error: (name) => `The same requests fail in a copy of ${name} from before, or succeed once a callee recovers.`,
  slow_dependency: (name) => `The calls of ${name} are as quick as before while it is slow.`,
  slow_query: (name) => `The statements run by ${name} take no longer than before when timed inside it.`,
  memory_leak: (name) => `Memory of ${name} stays level over many requests, or trouble goes on right after a restart.`,
  memory_saturation: (name) => `${name} stays in trouble with more memory, or never came near its limit.`,
  cpu_saturation: (name) => `${name} stays slow with more processor time, or was never held back by its limit.`,
  disk_full: (name) => `Writes of ${name} fail or wait although its disk has room.`,
  network_delay: (name) => `A ping between ${name} and who calls it takes as long as before.`,
  network_loss: (name) => `No packets are lost or sent again between ${name} and who calls it.`,
  third_party_outage: (name) => `${name} answers as before when called from somewhere else.`,
  pool_exhaustion: (name) => `Connections or workers of ${name} are free while requests wait.`,
  traffic_surge: (name) => `Requests per second at ${name} prove to be as before.`,
  certificate_expiry: (name) =>
    `The certificate of ${name} is valid at the time of the failures, or a renewed one changes nothing.`,
  noisy_neighbour: (name) => `What runs on ${name} stays slow after it is moved to another machine.`,
  cache_stampede: (name) =>
    `${name} answers as large a share of requests as before, or what is behind it gets no more of them.`,
  queue_backlog: (name) => `Messages leave ${name} as fast as they enter it while work is late.`,
  crash: (name) => `${name} did not restart in those minutes, or the trouble goes on while it is up.`,
  unknown: (name) =>
    `${name} is healthy by its own measurements in the same minutes, or others were affected clearly before it.`,
};

export function disproofOf(
  { type, name }: { readonly type: EntityType; readonly name: string },
  faultKind: FaultKind,
  change: ChangeSummary | null,
): string {
  if (change)
    return `Undoing “${change.title.slice(0, LONGEST_TITLE)}” does not bring ${name} back, or the first sign is older than it.`;
  // A whole machine that is out of something is shown to be the place by moving work away from it.
  return BY_KIND[type === 'node' && faultKind === 'unknown' ? 'noisy_neighbour' : faultKind](name);
}
