/**
 * The screen a room sees: large type, no chrome, one claim per scene. `S` spotlight, `.` freeze, arrows and digits for
 * scenes, `Esc` or `P` back to work. Nothing on it moves by itself.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { JudgedIncident } from '../../../shared/contract/note-schemas.ts';
import type { Incident } from '../../../shared/model/analysis-result.ts';
import { readable } from '../../../shared/report/evidence-lines.ts';
import { signsOf } from '../../graph/model/signs.ts';
import { useQuery } from '../../client/use-query.ts';
import { useActions } from '../../stores/actions.ts';
import { useIncidentId } from '../../stores/effective-range.ts';
import { useMaskedWords, useNaming } from '../../stores/naming.ts';
import { present, SCENES, stepScene, usePresentation } from '../../stores/presentation.ts';
import { clockText, durationText } from '../../stores/time-format.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState } from '../../ui/states.tsx';
import {
  CalmScene,
  CauseSummary,
  EvidenceLines,
  ImpactFigures,
  NextStep,
  NoteLines,
  OpenQuestions,
} from './scene-parts.tsx';
import { SceneGraphPicture } from './scene-graph.tsx';
import { SceneTimeline } from './scene-timeline.tsx';
import { isNamed, SCENE_TITLES, sceneClaim, sceneEvents, sceneEvidence, sceneGraph, leadingCause } from './scenes.ts';
import './presenter.css';

/** Lines of evidence a scene of its own has room for. */
const MOST_ALONE = 6;
const NOTHING: readonly never[] = [];
const NO_LEADER = 'The first possible cause is not far enough ahead of the others.';

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
      {incident ? <Scene incident={incident} /> : <CalmScene />}
      <SceneBar />
      <PointerHalo />
    </div>
  );
}

function PresenterHeader({ incident }: { readonly incident: Incident | undefined }) {
  const { frozenSinceMs } = usePresentation();
  const { isMasked } = useNaming();
  const masked = useMaskedWords();
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
        <span className="presenter-chip inverse" title={masked.title}>
          <Icon name="mask" /> {masked.words}
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

function Scene({ incident }: { readonly incident: JudgedIncident }) {
  const { scene } = usePresentation();
  const naming = useNaming();
  const graph = useQuery('graph.get', {}).data;
  const findings = useQuery('finding.list', { incidentId: incident.id }).data?.findings ?? NOTHING;
  const signs = useMemo(() => signsOf(findings), [findings]);
  const zone = usePreferences((preferences) => preferences.zone);
  const notes = useQuery('note.list', {}).data?.notes ?? [];
  const alerts = useQuery('alert.list', { from: incident.start, to: incident.end, limit: 1_000 }).data?.alerts;
  const list = useQuery('incident.list', {}).data;
  const blindSpots = list?.blindSpots ?? [];
  const picture = useMemo(() => (graph ? sceneGraph(graph, incident) : null), [graph, incident]);
  const members = new Set(incident.alerts.map(({ rowId }) => rowId));
  const first = alerts?.find(({ rowId }) => members.has(rowId));
  const events = sceneEvents(incident, first ? { time: first.startTime, name: first.name } : null, notes);
  const cause = leadingCause(incident);
  const claim = naming.text(sceneClaim(scene, incident, notes.length, zone));
  return (
    <main className="presenter-body">
      <h1 dir="auto">{claim}</h1>
      <div className="presenter-content">
        {scene === 'tried' ? (
          <NoteLines notes={notes} />
        ) : scene === 'why' && cause ? (
          <EvidenceLines evidence={sceneEvidence(cause, MOST_ALONE)} hasReason />
        ) : picture?.nodes.length === 0 ? (
          <EmptyState title="No dependencies of what was hit are known." icon="case">
            The picture comes from spans, Kubernetes objects, flow logs or a topology file.
          </EmptyState>
        ) : (
          picture && <SceneGraphPicture graph={picture} cause={cause ?? null} signs={signs} summary={claim} />
        )}
        <aside className="presenter-aside">
          {scene === 'impact' && <ImpactFigures incident={incident} />}
          {scene === 'broke' &&
            (cause && isNamed(cause) ? (
              <CauseSummary cause={cause} />
            ) : (
              <p dir="auto">{readable(naming.text(list?.abstainReason ?? NO_LEADER))}</p>
            ))}
          {scene === 'why' && cause && <NextStep cause={cause} />}
          {scene === 'tried' && <ImpactFigures incident={incident} />}
          {scene === 'open' && <OpenQuestions incident={incident} blindSpots={blindSpots.map(({ text }) => text)} />}
        </aside>
      </div>
      <SceneTimeline events={events} start={incident.start} end={incident.end} />
    </main>
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
