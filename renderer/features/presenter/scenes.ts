/** What each scene says, chosen for a video of 720 lines: one claim, at most eight nodes, four evidence lines, five events. */
import type { Evidence, GraphEdge, GraphNode, Incident } from '../../../shared/model/analysis-result.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import type { JudgedHypothesis } from '../../../shared/contract/note-schemas.ts';
import { evidenceLines } from '../../../shared/report/evidence-lines.ts';
import { faultWords } from '../../../shared/report/format.ts';
import { incidentGraph } from '../../../shared/report/incident-graph.ts';
import { CHANGE_VERBS } from '../../graph/model/change-tag.ts';
import type { Zone } from '../../stores/preferences.ts';
import type { SceneName } from '../../stores/presentation.ts';
import { clockText } from '../../stores/time-format.ts';

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
export function sceneEvidence(
  hypothesis: Pick<JudgedHypothesis, 'evidence'>,
  most = MOST_EVIDENCE,
): readonly Evidence[] {
  const strongest = (stance: Evidence['stance']): readonly Evidence[] =>
    withoutRepeats(
      hypothesis.evidence
        .filter((item) => item.stance === stance && item.strike === null)
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    );
  const against = [...strongest('contradicts').slice(0, 1), ...strongest('missing').slice(0, 1)];
  return [...strongest('supports').slice(0, most - against.length), ...against];
}

/** Facts that differ in their figures only are one fact to a room. */
function withoutRepeats(evidence: readonly Evidence[]): readonly Evidence[] {
  const said = new Set<string>();
  return evidence.filter(({ text }) => {
    const fact = evidenceLines(text).fact.replace(/[\d.,]+/g, '#');
    if (said.has(fact)) return false;
    said.add(fact);
    return true;
  });
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
  const changed = incident.hypotheses[0]?.entity.name ?? '';
  if (cause) leading.push({ time: cause.time, text: `${changed} ${CHANGE_VERBS[cause.changeKind]}`, kind: 'change' });
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
export function sceneClaim(
  scene: SceneName,
  incident: { readonly title: string; readonly hypotheses: readonly JudgedHypothesis[] },
  noteCount: number,
  zone: Zone,
): string {
  const cause = leadingCause(incident);
  switch (scene) {
    case 'impact':
      return incident.title;
    case 'broke':
      return cause && isNamed(cause) ? causeClaim(cause, zone) : 'Not enough to name a cause';
    case 'why':
      return cause ? weighedText(cause) : 'Nothing was found that singles out one cause';
    case 'tried':
      if (noteCount === 0) return 'Nothing is written down yet';
      return `What we tried and decided: ${noteCount} ${noteCount === 1 ? 'note' : 'notes'}`;
    case 'open':
      return 'What this case cannot show yet';
  }
}

/** What scenes speak about: what a person confirmed, else the first that nobody rejected. */
export function leadingCause<Cause extends JudgedHypothesis>({
  hypotheses,
}: {
  readonly hypotheses: readonly Cause[];
}): Cause | undefined {
  const confirmed = hypotheses.find(({ judgement }) => judgement?.verdict === 'confirmed');
  return confirmed ?? hypotheses.find(({ judgement }) => judgement?.verdict !== 'rejected');
}

/** Under this share we abstain (design.md §8), unless a person has said it. */
const NAMED_FROM = 0.4;

export function isNamed(cause: JudgedHypothesis): boolean {
  return cause.confidence >= NAMED_FROM || cause.judgement?.verdict === 'confirmed';
}

function weighedText({ evidence }: JudgedHypothesis): string {
  const count = (stance: Evidence['stance']): number =>
    evidence.filter((item) => item.stance === stance && item.strike === null).length;
  const facts = count('supports');
  return `Why we think so: ${facts} ${facts === 1 ? 'fact' : 'facts'} for it, ${count('contradicts')} against, ${count('missing')} missing`;
}

/** Short enough for one line of large type; the ledger tells the rest. */
function causeClaim(cause: JudgedHypothesis, zone: Zone): string {
  const certainty =
    cause.judgement?.verdict === 'confirmed' ? 'Confirmed' : cause.confidence >= 0.6 ? 'Most likely' : 'Possibly';
  const { change, entity } = cause;
  if (!change) return `${certainty}: ${faultWords(cause.faultKind)} of ${entity.name}`;
  const at = clockText(change.time, zone, 'minute');
  if (cause.faultKind === 'bad_deployment') return `${certainty}: the ${at} deployment of ${entity.name}`;
  return `${certainty}: ${faultWords(cause.faultKind)} of ${entity.name}, ${CHANGE_VERBS[change.changeKind]} at ${at}`;
}
