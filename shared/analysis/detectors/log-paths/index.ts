/** Services whose log sequences inside a request take another branch than in known-good traffic. */
import type { Finding } from '../../../model/finding.ts';
import { rowRef } from '../../../model/ids.ts';
import type { Detector, DetectorInput } from '../detector.ts';
import { byEntityAndSubject } from '../finding-order.ts';
import { countTransitions, PATH_END, PATH_START, type Transition } from '../log-transitions.ts';
import { percent } from '../../sentences.ts';
import { squash } from '../squash.ts';

const PARAMETERS = { smallestFollowers: 10, smallestDifference: 0.2, halfScoreZ: 6 } as const;

export const logPaths: Detector = {
  id: 'log-paths',
  title: 'Logs: requests that take another path',
  version: 2,
  parameters: PARAMETERS,
  references: ['Yu et al., Nezha, ESEC/FSE 2023'],
  detect(input, context) {
    if (input.telemetry.logs.length === 0) return [];
    context.throwIfCancelled();
    const groups = Map.groupBy(
      countTransitions(input.telemetry, input.graph),
      ({ entity, from, operation }) => `${entity} ${from} ${operation}`,
    );
    /** The most telling branch of each service: one finding, not one per site. */
    const best = new Map<number, Finding>();
    for (const group of groups.values())
      for (const finding of ofGroup(input, group)) {
        const known = best.get(finding.entity);
        if (!known || finding.effectSize > known.effectSize) best.set(finding.entity, finding);
      }
    return [...best.values()].sort(byEntityAndSubject);
  },
};

function ofGroup(input: DetectorInput, group: readonly Transition[]): Finding[] {
  const before = group.reduce((sum, t) => sum + t.baseline, 0);
  const during = group.reduce((sum, t) => sum + t.incident, 0);
  if (before < PARAMETERS.smallestFollowers || during < PARAMETERS.smallestFollowers) return [];
  const found: Finding[] = [];
  for (const transition of group) {
    const [p, q] = [transition.baseline / before, transition.incident / during];
    if (q - p < PARAMETERS.smallestDifference) continue;
    const pooled = (transition.baseline + transition.incident) / (before + during);
    const z = (q - p) / Math.sqrt(Math.max(pooled * (1 - pooled), 1e-6) * (1 / before + 1 / during));
    const rows = transition.examples;
    const { logs, spans, entities } = input.telemetry;
    const site = (index: number): string =>
      index === PATH_START
        ? 'the start'
        : index === PATH_END
          ? 'nothing more'
          : `“${logs.templates[index]!.text.slice(0, 80)}”`;
    found.push({
      detector: logPaths.id,
      kind: 'log_path_divergence',
      signal: 'log',
      entity: transition.entity,
      subject: site(transition.to),
      onsetNs: onsetOf(input, transition),
      onsetUncertaintyNs: 60e9,
      endNs: input.telemetry.endNs,
      effectSize: z,
      score: squash(z, 3, PARAMETERS.halfScoreZ) * (p < 0.005 ? 1 : 0.6),
      baseline: p,
      observed: q,
      unit: '1',
      sampleCount: during,
      text: `After ${site(transition.from)} ${entities[transition.entity]!.name} now logs ${site(transition.to)} in ${percent(q)} of the cases, ${percent(p)} before.`,
      refs: [
        ...rows.map((row) => rowRef('log', logs.rowId[row]!)),
        ...transition.silentSpans.map((row) => rowRef('span', spans.rowId[row]!)),
      ],
    });
  }
  return found;
}
function onsetOf({ telemetry, graph }: DetectorInput, { examples, silentSpans }: Transition): number {
  if (examples[0] !== undefined) return telemetry.logs.timeNs[examples[0]]!;
  return silentSpans[0] === undefined ? graph.windows.incident.startNs : telemetry.spans.startNs[silentSpans[0]]!;
}
