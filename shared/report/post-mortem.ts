/**
 * The draft of a post-mortem: what the case knows is written down, what only people know is asked for. Nothing is claimed
 * that the analysis does not claim: a cause stays possible until somebody confirmed it, and then it says who.
 */
import type { AnalysisResult, FindingSummary, Hypothesis, Incident } from '../model/analysis-result.ts';
import { entityKey } from '../model/entity.ts';
import type { EntityRef } from '../model/entity.ts';
import type { UnixNano } from '../model/time.ts';
import type { DocumentBlock } from './document-blocks.ts';
import { readable } from './evidence-lines.ts';
import { clock, duration, faultWords, likelihoodWord, plural } from './format.ts';

export interface PostMortemNote {
  readonly createdTime: UnixNano;
  readonly anchorTime: UnixNano | null;
  readonly author: string;
  readonly text: string;
  readonly kind: 'note' | 'decision' | 'action';
}
export interface PostMortemJudgement {
  readonly incidentId: string;
  readonly entity: EntityRef;
  readonly faultKind: string;
  readonly changeId: string | null;
  readonly verdict: 'confirmed' | 'rejected';
  readonly by: string;
  readonly reason: string;
}
export interface PostMortemSource {
  /** Case file's name. */
  readonly title: string;
  readonly productVersion: string;
  readonly result: AnalysisResult;
  readonly notes: readonly PostMortemNote[];
  readonly judgements: readonly PostMortemJudgement[];
}

const MOST_CAUSES = 3;
const MOST_ENTITIES = 30;
const MOST_EVIDENCE = 8;
const MOST_FINDINGS = 8;
const PROMPTS: readonly (readonly [string, string])[] = [
  ['What went well', 'Which alarms, tools, decisions or people shortened this?'],
  ['What went badly', 'What took long, misled us or was missing?'],
  ['Where we were lucky', 'What would have made this worse?'],
];

/** Cost linear in the result. */
export function postMortem(source: PostMortemSource): readonly DocumentBlock[] {
  const { result } = source;
  const blocks: DocumentBlock[] = [
    { type: 'heading', level: 1, text: `Post-mortem: ${result.incidents[0]?.title ?? source.title}` },
    { type: 'prompt', text: 'Draft written by Faultline from the case. Check it, complete it, then share it.' },
  ];
  if (result.incidents.length === 0) {
    blocks.push({
      type: 'paragraph',
      text: result.abstainReason ?? 'The analysis found nothing unusual in this case.',
    });
  }
  for (const incident of result.incidents) blocks.push(...incidentBlocks(source, incident));
  blocks.push(...actionBlocks(source.notes));
  for (const [text, question] of PROMPTS) {
    blocks.push({ type: 'heading', level: 2, text }, { type: 'prompt', text: question });
  }
  if (result.blindSpots.length > 0) {
    blocks.push(
      { type: 'heading', level: 2, text: 'What this case cannot show' },
      { type: 'list', items: result.blindSpots.map(({ text, effect }) => `${text} ${effect}`) },
    );
  }
  blocks.push({
    type: 'prompt',
    text: `Case ${source.title}, Faultline ${source.productVersion}, fingerprint ${result.fingerprint}. Times are UTC.`,
  });
  return blocks;
}

function incidentBlocks(source: PostMortemSource, incident: Incident): readonly DocumentBlock[] {
  const names = incident.entities.map(({ name }) => name);
  const shown = names.slice(0, MOST_ENTITIES).join(', ');
  const rest = names.length > MOST_ENTITIES ? ` and ${names.length - MOST_ENTITIES} more` : '';
  const many = source.result.incidents.length > 1;
  return [
    { type: 'heading', level: 2, text: many ? `Summary: ${incident.title}` : 'Summary' },
    { type: 'paragraph', text: summaryText(source, incident) },
    { type: 'heading', level: 2, text: many ? `Impact: ${incident.title}` : 'Impact' },
    {
      type: 'list',
      items: [
        `${clock(incident.start, true)} to ${clock(incident.end, true)}, ${duration(Number(incident.end - incident.start))} from the first to the last symptom.`,
        `Severity ${incident.severity}; ${plural(incident.alerts.length, 'alert')} belong to it.`,
        `${plural(names.length, 'entity', 'entities')} hit: ${shown}${rest}.`,
      ],
    },
    { type: 'prompt', text: 'How many users were affected, and how did it look to them?' },
    { type: 'heading', level: 2, text: 'Timeline' },
    { type: 'table', header: ['Time, UTC', 'What', 'From'], rows: timelineRows(source, incident) },
    { type: 'heading', level: 2, text: 'Causes' },
    ...causeBlocks(source, incident),
  ];
}

function timelineRows(source: PostMortemSource, incident: Incident): readonly (readonly string[])[] {
  const causes = new Set(incident.hypotheses.flatMap(({ change }) => change?.id ?? []));
  const rows: { readonly time: UnixNano; readonly text: string; readonly from: string }[] = [
    { time: incident.start, text: 'First symptom', from: 'analysis' },
    { time: incident.end, text: 'Last symptom', from: 'analysis' },
  ];
  for (const change of incident.changes) {
    const revision = change.revision ? ` (${shortRevision(change.revision)})` : '';
    const mark = causes.has(change.id) ? ', named by a possible cause' : '';
    rows.push({ time: change.time, text: `${change.title}${revision}${mark}`, from: 'change' });
  }
  for (const finding of firstFindings(source.result.findings, incident)) {
    rows.push({ time: finding.start, text: readable(finding.text), from: 'finding' });
  }
  for (const note of source.notes) {
    const from = note.author === '' ? note.kind : `${note.kind}, ${note.author}`;
    rows.push({ time: note.anchorTime ?? note.createdTime, text: note.text, from });
  }
  rows.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return rows.map(({ time, text, from }) => [clock(time, true), text, from]);
}

/** Where each entity first showed its worst sign, the strongest few: what the room would have seen, in order. */
function firstFindings(findings: readonly FindingSummary[], incident: Incident): readonly FindingSummary[] {
  const ids = new Set(incident.findings);
  const byEntity = new Map<string, FindingSummary>();
  for (const finding of findings) {
    if (!ids.has(finding.id) || !finding.entity) continue;
    const key = entityKey(finding.entity);
    const before = byEntity.get(key);
    if (!before || finding.score > before.score) byEntity.set(key, finding);
  }
  return [...byEntity.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, MOST_FINDINGS);
}

/** A commit is known by its first digits. */
function shortRevision(revision: string): string {
  return /^[0-9a-f]{12,64}$/i.test(revision) ? revision.slice(0, 7) : revision;
}

function summaryText(source: PostMortemSource, incident: Incident): string {
  const confirmed = incident.hypotheses.find((hypothesis) =>
    source.judgements.some((one) => one.verdict === 'confirmed' && isAbout(one, incident, hypothesis)),
  );
  const lasted = `The symptoms lasted ${duration(Number(incident.end - incident.start))} and reached ${plural(incident.entities.length, 'entity', 'entities')}.`;
  const first = confirmed ?? incident.hypotheses[0];
  if (!first) return `${lasted} No cause is named.`;
  const certainty = confirmed
    ? 'Confirmed cause'
    : `Possible cause, ${likelihoodWord(first.confidence)}, not confirmed by a person`;
  return `${lasted} ${certainty}: ${readable(first.summary)}`;
}

function causeBlocks(source: PostMortemSource, incident: Incident): readonly DocumentBlock[] {
  if (incident.hypotheses.length === 0) {
    return [{ type: 'paragraph', text: 'No entity of this incident can be named as its cause.' }];
  }
  const judged = incident.hypotheses.map((hypothesis) => ({
    hypothesis,
    judgement: source.judgements.find((candidate) => isAbout(candidate, incident, hypothesis)),
  }));
  const rank = { confirmed: 0, rejected: 2 } as const;
  judged.sort((a, b) => (a.judgement ? rank[a.judgement.verdict] : 1) - (b.judgement ? rank[b.judgement.verdict] : 1));
  return judged.slice(0, MOST_CAUSES).flatMap(({ hypothesis, judgement }) => oneCause(hypothesis, judgement));
}

function isAbout(judgement: PostMortemJudgement, incident: Incident, hypothesis: Hypothesis): boolean {
  return (
    judgement.incidentId === incident.id &&
    entityKey(judgement.entity) === entityKey(hypothesis.entity) &&
    judgement.faultKind === hypothesis.faultKind &&
    judgement.changeId === (hypothesis.change?.id ?? null)
  );
}

function oneCause(hypothesis: Hypothesis, judgement: PostMortemJudgement | undefined): readonly DocumentBlock[] {
  const who = judgement?.by ? ` by ${judgement.by}` : '';
  const state = judgement
    ? `${judgement.verdict === 'confirmed' ? 'Confirmed' : 'Rejected'}${who}${judgement.reason ? `: ${judgement.reason}` : '.'}`
    : `Possible cause, ${likelihoodWord(hypothesis.confidence)} (${hypothesis.confidence.toFixed(2)}), not confirmed by a person.`;
  const evidence = [...hypothesis.evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return [
    { type: 'heading', level: 3, text: `${hypothesis.entity.name}: ${faultWords(hypothesis.faultKind)}` },
    { type: 'paragraph', text: readable(hypothesis.summary) },
    { type: 'paragraph', text: state },
    {
      type: 'list',
      items: evidence
        .slice(0, MOST_EVIDENCE)
        .map(
          ({ stance, text, refs }) =>
            `${stance}: ${readable(text)}${refs.length > 0 ? ` (${refs.slice(0, 3).join(', ')})` : ''}`,
        ),
    },
  ];
}

function actionBlocks(notes: readonly PostMortemNote[]): readonly DocumentBlock[] {
  const of = (kind: PostMortemNote['kind']): readonly string[] =>
    notes
      .filter((note) => note.kind === kind)
      .map(({ text, author }) => (author === '' ? text : `${text} (${author})`));
  const [decisions, actions] = [of('decision'), of('action')];
  return [
    { type: 'heading', level: 2, text: 'Decisions' },
    decisions.length > 0
      ? { type: 'list', items: decisions }
      : { type: 'prompt', text: 'No decision is noted in the case.' },
    { type: 'heading', level: 2, text: 'Actions' },
    actions.length > 0
      ? { type: 'tasks', items: actions }
      : { type: 'prompt', text: 'What will be changed, by whom, until when?' },
  ];
}
