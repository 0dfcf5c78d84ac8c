/** What each scene says, chosen for a video of 720 lines: one claim, at most eight nodes, four evidence lines, five events. */
import type { Evidence, GraphEdge, GraphNode, Hypothesis, Incident } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { faultWords } from '../../../shared/report/format.ts';
import { incidentGraph } from '../../../shared/report/incident-graph.ts';
import type { SceneName } from '../../stores/presentation.ts';

export const MOST_NODES = 8;
const MOST_EVIDENCE = 4;
const MOST_EVENTS = 5;

export const SCENE_TITLES: Readonly<Record<SceneName, string>> = {
  impact: 'Impact',
  broke: 'What broke',
  why: 'Why we think so',
  tried: 'What we tried',
  open: 'Open questions',
};

export interface SceneGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly causePath: readonly string[];
}

/** The way from cause to symptoms and the worst around it; never more than a room can read. */
export function sceneGraph(
  graph: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] },
  incident: Incident,
): SceneGraph {
  const chosen = incidentGraph(graph, incident);
  const byKey = new Map(chosen.nodes.map((node) => [entityKey(node.entity), node]));
  const keys = new Set(chosen.causePath.slice(0, MOST_NODES));
  const worst = { failing: 0, degraded: 1, unknown: 2, healthy: 3 } as const;
  const rest = [...byKey].filter(([key]) => !keys.has(key)).sort(([, a], [, b]) => worst[a.health] - worst[b.health]);
  for (const [key, node] of rest) {
    const isAnswer = keys.size === 0 || node.health === 'failing' || node.health === 'degraded';
    if (keys.size < MOST_NODES && isAnswer) keys.add(key);
  }
  return {
    nodes: [...keys].flatMap((key) => byKey.get(key) ?? []),
    edges: chosen.edges.filter((edge) => keys.has(entityKey(edge.from)) && keys.has(entityKey(edge.to))),
    causePath: chosen.causePath.filter((key) => keys.has(key)),
  };
}

/** The strongest lines, each stance heard: contradiction and absence are never crowded out by support. */
export function sceneEvidence(hypothesis: Hypothesis): readonly Evidence[] {
  const strongest = (stance: Evidence['stance']): readonly Evidence[] =>
    hypothesis.evidence
      .filter((item) => item.stance === stance)
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const against = [...strongest('contradicts').slice(0, 1), ...strongest('missing').slice(0, 1)];
  return [...strongest('supports').slice(0, MOST_EVIDENCE - against.length), ...against];
}

export interface SceneEvent {
  readonly time: bigint;
  readonly text: string;
  readonly kind: 'change' | 'alert' | 'note' | 'end';
}

/** The first and the last moments count most; what is between gives way. In time order. */
export function sceneEvents(
  incident: Incident,
  firstAlert: { readonly time: bigint; readonly name: string } | null,
  notes: readonly { readonly anchorTime: bigint | null; readonly createdTime: bigint; readonly text: string }[],
): readonly SceneEvent[] {
  const cause = incident.hypotheses[0]?.change;
  const leading: SceneEvent[] = [];
  if (cause) leading.push({ time: cause.time, text: cause.title, kind: 'change' });
  leading.push(
    firstAlert
      ? { time: firstAlert.time, text: `first alert: ${firstAlert.name}`, kind: 'alert' }
      : { time: incident.start, text: 'first symptom', kind: 'alert' },
  );
  const end: SceneEvent = { time: incident.end, text: 'last symptom', kind: 'end' };
  const between = notes.map((note): SceneEvent => ({
    time: note.anchorTime ?? note.createdTime,
    text: note.text.split('\n', 1)[0] ?? '',
    kind: 'note',
  }));
  const events = [...leading, ...between.slice(0, MOST_EVENTS - leading.length - 1), end];
  return events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

/** The sentence on top of a scene. */
export function sceneClaim(scene: SceneName, incident: Incident, noteCount: number): string {
  const cause = incident.hypotheses[0];
  switch (scene) {
    case 'impact':
      return incident.title;
    case 'broke':
      return cause ? causeClaim(cause) : 'Not enough to name a cause';
    case 'why':
      return cause
        ? `Why we think so: ${cause.evidence.length} facts weighed`
        : 'Nothing was found that singles out one cause';
    case 'tried':
      return noteCount === 0 ? 'Nothing is written down yet' : `What we tried and decided: ${noteCount} notes`;
    case 'open':
      return 'What this case cannot show yet';
  }
}

/** Short enough for one line of large type; the ledger tells the rest. */
function causeClaim(cause: Hypothesis): string {
  const certainty = cause.confidence >= 0.6 ? 'Most likely' : 'Possibly';
  const after = cause.change ? `, after ${cause.change.title}` : '';
  return `${certainty}: ${faultWords(cause.faultKind)} of ${cause.entity.name}${after}`;
}
