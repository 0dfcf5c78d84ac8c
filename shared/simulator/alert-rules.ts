/**
 * Alerting rules as a platform team writes them, evaluated on the state of the model: an expression over the last
 * minutes, a threshold fixed from ordinary days, and a time it has to hold. Nothing here knows about faults.
 */
import type { RuleSource, RuleTarget } from './alert-rule.ts';
import { callRules } from './call-rules.ts';
import { podRules } from './pod-rules.ts';
import { nodeRules, poolRules, queueRules, storeRules } from './resource-rules.ts';
import { serviceRules } from './service-rules.ts';

export function ruleTargets(source: RuleSource): RuleTarget[] {
  const { services, nodes, stores, queues } = source.system;
  return [
    ...services.flatMap((service) => [...serviceRules(source, service), ...callRules(source, service)]),
    ...podRules(source),
    ...nodes.flatMap((_, index) => nodeRules(source, index)),
    ...stores.flatMap((_, index) => storeRules(source, index)),
    ...poolRules(source),
    ...queues.flatMap((_, index) => queueRules(source, index)),
  ];
}
