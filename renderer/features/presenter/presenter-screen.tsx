/**
 * The screen a room sees: large type, no chrome, one claim per scene. `S` spotlight, `.` freeze, arrows and digits for
 * scenes, `Esc` or `P` back to work. Nothing on it moves by itself.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { Evidence, Hypothesis, Incident } from '../../../shared/model/analysis-result.ts';
import { likelihoodWord } from '../../../shared/report/format.ts';
import { useQuery } from '../../client/use-query.ts';
import { useActions } from '../../stores/actions.ts';
import { useIncidentId } from '../../stores/effective-range.ts';
import { useNaming } from '../../stores/naming.ts';
import { present, SCENES, stepScene, usePresentation } from '../../stores/presentation.ts';
import { clockText, countText, durationText } from '../../stores/time-format.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { SafeText } from '../../ui/entity-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { SceneGraphPicture } from './scene-graph.tsx';
import { SceneTimeline } from './scene-timeline.tsx';
import { SCENE_TITLES, sceneClaim, sceneEvents, sceneEvidence, sceneGraph } from './scenes.ts';
import './presenter.css';

const METER_STEPS = 10;

export function PresenterScreen() {
  const incidentId = useIncidentId();
  const incident = useQuery('incident.get', incidentId === null ? null : { incidentId }).data;
  const { isSpotlightOn, frozenSinceMs } = usePresentation();
  useActions([
    {
      id: 'present.leave',
      title: 'Stop presenting',
      group: 'Presenting',
      keys: ['p', 'Escape'],
      run: () => present({ isPresenting: false, frozenSinceMs: null, isSpotlightOn: false }),
    },
    {
      id: 'present.spotlight',
      title: 'Spotlight',
      group: 'Presenting',
      keys: ['s'],
      run: () => present({ isSpotlightOn: !isSpotlightOn }),
    },
    {
      id: 'present.freeze',
      title: 'Freeze the picture',
      group: 'Presenting',
      keys: ['.'],
      run: () => present({ frozenSinceMs: frozenSinceMs === null ? Date.now() : null }),
    },
    { id: 'present.next', title: 'Next scene', group: 'Presenting', keys: ['ArrowRight'], run: () => stepScene(1) },
    {
      id: 'present.previous',
      title: 'Previous scene',
      group: 'Presenting',
      keys: ['ArrowLeft'],
      run: () => stepScene(-1),
    },
    ...SCENES.map((scene, index) => ({
      id: `present.scene.${scene}`,
      title: `Scene: ${SCENE_TITLES[scene]}`,
      group: 'Presenting',
      keys: [String(index + 1)],
      run: () => present({ scene, spotlight: null }),
    })),
  ]);
  return (
    <div className="presenter">
      <PresenterHeader incident={incident} />
      {incident ? (
        <Scene incident={incident} />
      ) : (
        <main className="presenter-body">
          <EmptyState title="There is no incident to present.">
            Import telemetry and let it be analysed first, or choose an incident in the Incidents view.
          </EmptyState>
        </main>
      )}
      <SceneBar />
      <PointerHalo />
    </div>
  );
}

function PresenterHeader({ incident }: { readonly incident: Incident | undefined }) {
  const { isMasked, frozenSinceMs } = usePresentation();
  const zone = usePreferences((preferences) => preferences.zone);
  const members = useQuery('room.members', {}).data;
  const place = useQuery('incident.list', {}).data?.incidents.findIndex(({ id }) => id === incident?.id) ?? -1;
  return (
    <header className="presenter-header">
      {incident && (
        <>
          <Icon
            name={incident.severity === 'critical' ? 'critical' : 'warning'}
            size={24}
            className={`severity-${incident.severity}`}
          />
          <strong>{place >= 0 ? `INC-${place + 1}` : 'Incident'}</strong>
          <span className="text-2">
            {incident.severity} · {durationText(Number(incident.end - incident.start))}
          </span>
        </>
      )}
      <span className="grow" />
      {isMasked && (
        <span className="presenter-chip inverse">
          <Icon name="mask" /> Names masked
        </span>
      )}
      {frozenSinceMs !== null && (
        <span className="presenter-chip frozen">
          <Icon name="freeze" /> Frozen {clockText(BigInt(frozenSinceMs) * 1_000_000n, zone, 'minute')}{' '}
          {zone === 'utc' ? 'UTC' : ''}
        </span>
      )}
      {members && members.viewers > 0 && (
        <span className="presenter-chip">
          <Icon name="people" /> {members.viewers}
          <span className="visually-hidden"> following</span>
        </span>
      )}
    </header>
  );
}

function Scene({ incident }: { readonly incident: Incident }) {
  const { scene } = usePresentation();
  const naming = useNaming();
  const graph = useQuery('graph.get', {}).data;
  const notes = useQuery('note.list', {}).data?.notes ?? [];
  const alerts = useQuery('alert.list', { from: incident.start, to: incident.end, limit: 1_000 }).data?.alerts;
  const blindSpots = useQuery('incident.list', {}).data?.blindSpots ?? [];
  const picture = useMemo(() => (graph ? sceneGraph(graph, incident) : null), [graph, incident]);
  const members = new Set(incident.alerts.map(({ rowId }) => rowId));
  const first = alerts?.find(({ rowId }) => members.has(rowId));
  const events = sceneEvents(incident, first ? { time: first.startTime, name: first.name } : null, notes);
  const cause = incident.hypotheses[0];
  const claim = naming.text(sceneClaim(scene, incident, notes.length));
  return (
    <main className="presenter-body">
      <h1 dir="auto">{claim}</h1>
      <div className="presenter-content">
        {scene === 'tried' ? (
          <NoteLines notes={notes} />
        ) : scene === 'why' && cause ? (
          <EvidenceLines evidence={[...cause.evidence].sort(byWeight).slice(0, 8)} />
        ) : (
          picture && <SceneGraphPicture graph={picture} summary={claim} />
        )}
        <aside className="presenter-aside">
          {scene === 'impact' && <ImpactFigures incident={incident} />}
          {scene === 'broke' &&
            (cause ? <CauseSummary cause={cause} /> : <p>The strongest signals point to more than one place.</p>)}
          {scene === 'why' && cause && <NextStep cause={cause} />}
          {scene === 'tried' && <ImpactFigures incident={incident} />}
          {scene === 'open' && <OpenQuestions incident={incident} blindSpots={blindSpots.map(({ text }) => text)} />}
        </aside>
      </div>
      <SceneTimeline events={events} start={incident.start} end={incident.end} />
    </main>
  );
}

function byWeight(left: Evidence, right: Evidence): number {
  return Math.abs(right.weight) - Math.abs(left.weight);
}

function CauseSummary({ cause }: { readonly cause: Hypothesis }) {
  const filled = Math.round(cause.confidence * METER_STEPS);
  return (
    <>
      <p className="presenter-share">
        <strong>{Math.round(cause.confidence * 100)} %</strong> {likelihoodWord(cause.confidence)}, not confirmed
      </p>
      <div className="presenter-meter" aria-hidden="true">
        {Array.from({ length: METER_STEPS }, (_, index) => (
          <i key={index} className={index < filled ? 'filled' : ''} />
        ))}
      </div>
      <EvidenceLines evidence={sceneEvidence(cause)} />
      <NextStep cause={cause} />
    </>
  );
}

const STANCE_MARKS = { supports: 'plus', contradicts: 'minus', missing: 'question' } as const;

function EvidenceLines({ evidence }: { readonly evidence: readonly Evidence[] }) {
  return (
    <ul className="presenter-evidence">
      {evidence.map((item, index) => (
        <li key={index}>
          <span className={`stance ${item.stance}`}>
            <Icon name={STANCE_MARKS[item.stance]} />
            <span className="visually-hidden">{item.stance}: </span>
          </span>
          <SafeText>{item.text}</SafeText>
        </li>
      ))}
    </ul>
  );
}

function NextStep({ cause }: { readonly cause: Hypothesis }) {
  return (
    <section className="presenter-next">
      <h2>Next</h2>
      <SafeText>{cause.disprovedBy}</SafeText>
    </section>
  );
}

function ImpactFigures({ incident }: { readonly incident: Incident }) {
  const figures: readonly (readonly [string, string])[] = [
    [durationText(Number(incident.end - incident.start)), 'from first to last symptom'],
    [countText(incident.entities.length), 'entities hit'],
    [`${countText(incident.alerts.length)} → 1`, 'alerts to incident'],
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

function NoteLines({
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

function OpenQuestions({
  incident,
  blindSpots,
}: {
  readonly incident: Incident;
  readonly blindSpots: readonly string[];
}) {
  const missing = incident.hypotheses
    .slice(0, 2)
    .flatMap(({ evidence }) => evidence.filter(({ stance }) => stance === 'missing').map(({ text }) => text));
  const questions = [...new Set([...missing, ...blindSpots])].slice(0, 5);
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

function SceneBar() {
  const { scene } = usePresentation();
  return (
    <nav className="presenter-scenes" aria-label="Scenes">
      {SCENES.map((name, index) => (
        <button
          key={name}
          type="button"
          aria-current={name === scene ? 'step' : undefined}
          onClick={() => present({ scene: name, spotlight: null })}
        >
          <span aria-hidden="true">{index + 1}</span> {SCENE_TITLES[name]}
        </button>
      ))}
      <span className="grow" />
      <span className="text-2" aria-hidden="true">
        <kbd>← →</kbd> <kbd>S</kbd> spotlight <kbd>.</kbd> freeze <kbd>M</kbd> mask <kbd>P</kbd> leave
      </span>
    </nav>
  );
}

/** Video shrinks the pointer to nothing: a ring follows it. */
function PointerHalo() {
  const ring = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onMove = (event: PointerEvent): void => {
      if (!ring.current) return;
      ring.current.style.transform = `translate(${event.clientX - 12}px, ${event.clientY - 12}px)`;
      ring.current.style.opacity = '1';
    };
    window.addEventListener('pointermove', onMove);
    return () => window.removeEventListener('pointermove', onMove);
  }, []);
  return <div ref={ring} className="presenter-halo" aria-hidden="true" />;
}
