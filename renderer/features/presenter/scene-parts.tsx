/** What stands in a scene beside or instead of its picture: shares, evidence, figures, notes, questions. Large type, few lines. */
import type { JudgedHypothesis } from '../../../shared/contract/note-schemas.ts';
import type { Evidence, Incident } from '../../../shared/model/analysis-result.ts';
import { calmAnswer, calmReason, HEADLINES } from '../../../shared/report/calm-answer.ts';
import { shownName } from '../../graph/draw/frame.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { evidenceLines } from '../../../shared/report/evidence-lines.ts';
import { likelihoodWord } from '../../../shared/report/format.ts';
import { useQuery } from '../../client/use-query.ts';
import { useNaming } from '../../stores/naming.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { clockText, countText, durationText } from '../../stores/time-format.ts';
import { SafeText } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { sceneEvidence } from './scenes.ts';

const METER_STEPS = 10;
const BRIEF_LETTERS = 22;
/** Lines of evidence beside a picture. */
const MOST_BESIDE = 3;
const NOTHING: readonly never[] = [];

export function CauseSummary({ cause }: { readonly cause: JudgedHypothesis }) {
  const naming = useNaming();
  const filled = Math.round(cause.confidence * METER_STEPS);
  const { judgement } = cause;
  const said =
    judgement === null
      ? 'not confirmed'
      : `${judgement.verdict}${judgement.by === '' ? '' : ` by ${naming.text(judgement.by)}`}`;
  return (
    <>
      <p className="presenter-share">
        <strong>{Math.round(cause.confidence * 100)} %</strong> {likelihoodWord(cause.confidence)}, {said}
      </p>
      <div className="presenter-meter" aria-hidden="true">
        {Array.from({ length: METER_STEPS }, (_, index) => (
          <i key={index} className={index < filled ? 'filled' : ''} />
        ))}
      </div>
      <EvidenceLines evidence={sceneEvidence(cause, MOST_BESIDE)} about={cause.entity} />
      <NextStep cause={cause} />
    </>
  );
}

const STANCE_MARKS = { supports: 'plus', contradicts: 'minus', missing: 'question' } as const;

/** Beside a picture a name of many letters would fill the lines: the headline says it whole. */
function useBrief(about: EntityRef | null): (text: string) => string {
  const naming = useNaming();
  const name = about ? naming.entity(about) : '';
  return (text) =>
    name === '' ? naming.text(text) : naming.text(text).replaceAll(name, shownName(name, BRIEF_LETTERS));
}

export function EvidenceLines(properties: {
  readonly evidence: readonly Evidence[];
  readonly hasReason?: boolean;
  /** Whose name may be shortened. */
  readonly about?: EntityRef;
}) {
  const { evidence, hasReason = false, about = null } = properties;
  const brief = useBrief(about);
  return (
    <ul className="presenter-evidence">
      {evidence.map((item, index) => (
        <li key={index}>
          <span className={`stance ${item.stance}`}>
            <Icon name={STANCE_MARKS[item.stance]} />
            <span className="visually-hidden">{item.stance}: </span>
          </span>
          <span className="presenter-fact">
            <bdi>{evidenceLines(brief(item.text)).fact}</bdi>
            {hasReason && <bdi className="text-2">{evidenceLines(brief(item.text)).reason}</bdi>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What would settle it: the evidence that is missing, else what would disprove it. */
export function NextStep({ cause }: { readonly cause: JudgedHypothesis }) {
  const brief = useBrief(cause.entity);
  const missing = cause.evidence.find(({ stance }) => stance === 'missing');
  return (
    <section className="presenter-next">
      <h2>{missing ? 'Next' : 'It is not this if'}</h2>
      <bdi>{brief(missing?.text ?? cause.disprovedBy)}</bdi>
    </section>
  );
}

/** Without an incident that is the claim, with its reason and what the case cannot show. */
export function CalmScene() {
  const list = useQuery('incident.list', {}).data;
  const summary = useQuery('case.summary', {}).data;
  const findings = useQuery('finding.list', {}).data?.findings ?? NOTHING;
  const answer = HEADLINES[calmAnswer(summary?.records ?? {}, findings.length)];
  return (
    <main className="presenter-body">
      <h1>{list ? answer : 'There is no incident to present'}</h1>
      <div className="presenter-content">
        <div className="presenter-calm">
          <p>
            <SafeText>
              {list
                ? calmReason(list.abstainReason)
                : 'Import telemetry and let it be analysed first, or choose an incident.'}
            </SafeText>
          </p>
        </div>
        <aside className="presenter-aside">
          {list && <Questions texts={list.blindSpots.map(({ text }) => text)} />}
        </aside>
      </div>
    </main>
  );
}

export function ImpactFigures({ incident }: { readonly incident: Incident }) {
  const metrics = useQuery('incident.list', {}).data?.metrics;
  const figures: readonly (readonly [string, string])[] = [
    [durationText(Number(incident.end - incident.start)), 'from first to last symptom'],
    [countText(incident.entities.length), 'entities hit'],
    ...(metrics && metrics.alertsIn > 0
      ? [
          [
            `${countText(metrics.alertsIn)} → ${countText(metrics.incidentsOut)}`,
            metrics.incidentsOut === 1 ? 'alerts to incident' : 'alerts to incidents',
          ] as const,
        ]
      : []),
    [countText(incident.findings.length), 'findings'],
  ];
  return (
    <dl className="presenter-figures">
      {figures.map(([value, label]) => (
        <div key={label}>
          <dd>{value}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  );
}

export function NoteLines({
  notes,
}: {
  readonly notes: readonly {
    readonly id: number;
    readonly author: string;
    readonly text: string;
    readonly createdTime: bigint;
    readonly anchorTime: bigint | null;
    readonly kind: string;
  }[];
}) {
  const zone = usePreferences((preferences) => preferences.zone);
  if (notes.length === 0) {
    return (
      <EmptyState title="No notes, decisions or actions yet.">
        Press N at any moment of the investigation to write one.
      </EmptyState>
    );
  }
  return (
    <ul className="presenter-evidence">
      {notes.slice(-8).map((note) => (
        <li key={note.id}>
          <time className="strong">{clockText(note.anchorTime ?? note.createdTime, zone, 'minute')}</time>
          <span>
            {note.kind === 'note' ? '' : `${note.kind}: `}
            <SafeText>{note.text.split('\n', 1)[0] ?? ''}</SafeText>
          </span>
        </li>
      ))}
    </ul>
  );
}

export function OpenQuestions({
  incident,
  blindSpots,
}: {
  readonly incident: Incident;
  readonly blindSpots: readonly string[];
}) {
  const missing = incident.hypotheses
    .slice(0, 2)
    .flatMap(({ evidence }) => evidence.filter(({ stance }) => stance === 'missing').map(({ text }) => text));
  return <Questions texts={[...missing, ...blindSpots]} />;
}

const MOST_QUESTIONS = 5;

function Questions({ texts }: { readonly texts: readonly string[] }) {
  const questions = [...new Set(texts)].slice(0, MOST_QUESTIONS);
  if (questions.length === 0) return <p>Nothing is known to be missing.</p>;
  return (
    <ul className="presenter-evidence">
      {questions.map((text) => (
        <li key={text}>
          <span className="stance missing">
            <Icon name="question" />
          </span>
          <SafeText>{text}</SafeText>
        </li>
      ))}
    </ul>
  );
}
