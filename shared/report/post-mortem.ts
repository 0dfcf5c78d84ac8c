/**
 * The draft of a post-mortem: what the case knows is written down, what only people know is asked for. Nothing is claimed
 * that the analysis does not claim: a cause stays possible until somebody confirmed it, and then it says who.
 */
import type { AnalysisResult, Evidence, FindingSummary, Hypothesis, Incident } from '../model/analysis-result.ts';
import { entityKey } from '../model/entity.ts';
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
/** A cause as people left it: ranked without what they rejected or struck out. */
export interface PostMortemCause extends Hypothesis {
  readonly evidence: readonly (Evidence & { readonly strike: { readonly by: string } | null })[];
  readonly judgement: {
    readonly verdict: 'confirmed' | 'rejected';
    readonly by: string;
    readonly reason: string;
  } | null;
  /** As the analysis ranked it. */
  readonly original: Pick<Hypothesis, 'rank' | 'confidence'>;
}
export type PostMortemIncident = Omit<Incident, 'hypotheses'> & { readonly hypotheses: readonly PostMortemCause[] };
export interface PostMortemSource {
  /** Case file's name. */
  readonly title: string;
  readonly productVersion: string;
  readonly result: Omit<AnalysisResult, 'incidents'>;
  readonly incidents: readonly PostMortemIncident[];
  readonly notes: readonly PostMortemNote[];
}

const MOST_CAUSES = 3;
const MOST_SET_ASIDE = 5;
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
  const { result, incidents } = source;
  const blocks: DocumentBlock[] = [
    { type: 'heading', level: 1, text: `Post-mortem: ${incidents[0]?.title ?? source.title}` },
    { type: 'prompt', text: 'Draft written by Faultline from the case. Check it, complete it, then share it.' },
  ];
  if (incidents.length === 0) {
    blocks.push({
      type: 'paragraph',
      text: result.abstainReason ?? 'The analysis found nothing unusual in this case.',
    });
  }
  for (const incident of incidents) blocks.push(...incidentBlocks(source, incident));
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

function incidentBlocks(source: PostMortemSource, incident: PostMortemIncident): readonly DocumentBlock[] {
  const names = incident.entities.map(({ name }) => name);
  const shown = names.slice(0, MOST_ENTITIES).join(', ');
  const rest = names.length > MOST_ENTITIES ? ` and ${names.length - MOST_ENTITIES} more` : '';
  const many = source.incidents.length > 1;
  return [
    { type: 'heading', level: 2, text: many ? `Summary: ${incident.title}` : 'Summary' },
    { type: 'paragraph', text: summaryText(incident) },
    { type: 'heading', level: 2, text: many ? `Impact: ${incident.title}` : 'Impact' },
    {
      type: 'list',
      items: [
        incident.start === incident.end
          ? `${clock(incident.start, true)}: all signs stand at this moment.`
          : `${clock(incident.start, true)} to ${clock(incident.end, true)}, ${duration(Number(incident.end - incident.start))} from the first to the last symptom.`,
        `Severity ${incident.severity}; ${plural(incident.alerts.length, 'alert')} belong to it.`,
        `${plural(names.length, 'entity', 'entities')} hit: ${shown}${rest}.`,
      ],
    },
    { type: 'prompt', text: 'How many users were affected, and how did it look to them?' },
    { type: 'heading', level: 2, text: 'Timeline' },
    { type: 'table', header: ['Time, UTC', 'What', 'From'], rows: timelineRows(source, incident) },
    { type: 'heading', level: 2, text: 'Causes' },
    ...causeBlocks(incident),
  ];
}

function timelineRows(source: PostMortemSource, incident: PostMortemIncident): readonly (readonly string[])[] {
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
function firstFindings(findings: readonly FindingSummary[], incident: PostMortemIncident): readonly FindingSummary[] {
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

function summaryText(incident: PostMortemIncident): string {
  const confirmed = incident.hypotheses.find(({ judgement }) => judgement?.verdict === 'confirmed');
  const reached = `reached ${plural(incident.entities.length, 'entity', 'entities')}`;
  const lengthNs = Number(incident.end - incident.start);
  const lasted =
    lengthNs === 0
      ? `The symptoms ${reached}, all at one moment.`
      : `The symptoms lasted ${duration(lengthNs)} and ${reached}.`;
  const first = confirmed ?? incident.hypotheses.find(({ judgement }) => judgement?.verdict !== 'rejected');
  if (!first) return `${lasted} No cause is named.`;
  const certainty = confirmed
    ? 'Confirmed cause'
    : `Possible cause, ${likelihoodWord(first.confidence)}, not confirmed by a person`;
  return `${lasted} ${certainty}: ${readable(first.summary)}`;
}

function causeBlocks(incident: PostMortemIncident): readonly DocumentBlock[] {
  if (incident.hypotheses.length === 0) {
    return [{ type: 'paragraph', text: 'No entity of this incident can be named as its cause.' }];
  }
  const rank = { confirmed: 0, rejected: 2 } as const;
  const placeOf = ({ judgement }: PostMortemCause): number => (judgement ? rank[judgement.verdict] : 1);
  const ordered = [...incident.hypotheses].sort((a, b) => placeOf(a) - placeOf(b));
  // What was weighed and set aside is told as well, so that nobody weighs it again.
  const isSetAside = (cause: PostMortemCause): boolean =>
    placeOf(cause) === rank.rejected || cause.evidence.some(({ strike }) => strike !== null);
  const told = ordered.filter((cause, index) => index < MOST_CAUSES || isSetAside(cause));
  return told.slice(0, MOST_CAUSES + MOST_SET_ASIDE).flatMap(oneCause);
}

function oneCause(cause: PostMortemCause): readonly DocumentBlock[] {
  const { judgement } = cause;
  const who = judgement?.by ? ` by ${judgement.by}` : '';
  const state = judgement
    ? `${judgement.verdict === 'confirmed' ? 'Confirmed' : 'Rejected'}${who}${judgement.reason ? `: ${judgement.reason}` : '.'}`
    : `Possible cause, ${likelihoodWord(cause.confidence)} (${cause.confidence.toFixed(2)}), not confirmed by a person.`;
  const evidence = [...cause.evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const struck = evidence.filter(({ strike }) => strike !== null);
  const counted = evidence.filter(({ strike }) => strike === null).slice(0, MOST_EVIDENCE);
  return [
    { type: 'heading', level: 3, text: `${cause.entity.name}: ${faultWords(cause.faultKind)}` },
    { type: 'paragraph', text: readable(cause.summary) },
    { type: 'paragraph', text: `${state}${movedText(cause)}` },
    { type: 'list', items: [...counted, ...struck].map(evidenceText) },
  ];
}

/** Where the analysis had it, when what people said changed that. */
function movedText({ confidence, original }: PostMortemCause): string {
  if (confidence === original.confidence) return '';
  return ` The analysis ranked it ${original.rank} with ${original.confidence.toFixed(2)}; causes that people rejected and evidence they struck out do not count here.`;
}

function evidenceText({ stance, text, refs, strike }: PostMortemCause['evidence'][number]): string {
  const rows = refs.length > 0 ? ` (${refs.slice(0, 3).join(', ')})` : '';
  const struck = strike ? `, struck out${strike.by ? ` by ${strike.by}` : ''}` : '';
  return `${stance}: ${readable(text)}${rows}${struck}`;
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
