/** Time: what range is shown, in which zone, where it lies in the case, and what was known when. */
import { useActions } from '../stores/actions.ts';
import { useCaseTimes, useIncidentRange, useLiveRange, useWholeRange } from '../stores/effective-range.ts';
import type { EffectiveRange } from '../stores/effective-range.ts';
import { hoverAt, hoverTime } from '../stores/hover-time.ts';
import { togglePlayback, usePlayback } from '../stores/playback.ts';
import { setPreference, usePreferences } from '../stores/preferences.ts';
import { countText, dayText, momentText } from '../stores/time-format.ts';
import { clampTime, pannedBy, rangeBetween, zoomedAt } from '../stores/time-travel.ts';
import { look, useViewStore } from '../stores/view-state.ts';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/controls.tsx';
import { RangeField } from './range-field.tsx';
import { StormStrip } from './storm-strip.tsx';

const AROUND_NS = 300_000_000_000n;
const ZOOM_STEP = 0.5;
const PAN_SHARE = 0.25;
/** The hairline steps this share of the range. */
const HAIRLINE_STEPS = 200n;

export function TimeBar() {
  const whole = useWholeRange();
  const shown = useLiveRange();
  if (!whole || !shown) return null;
  return <FilledTimeBar whole={whole} shown={shown} />;
}

interface Times {
  readonly whole: EffectiveRange;
  readonly shown: EffectiveRange;
}

function FilledTimeBar({ whole, shown }: Times) {
  const zone = usePreferences((preferences) => preferences.zone);
  useTimeActions({ whole, shown });
  return (
    <section className="time-bar" aria-label="Time">
      <RangeField whole={whole} shown={shown} />
      <Segmented
        label="Zone of shown times"
        value={zone}
        options={[
          { value: 'utc', label: 'UTC' },
          { value: 'local', label: 'Local', title: Intl.DateTimeFormat().resolvedOptions().timeZone },
        ]}
        onChange={(next) => setPreference({ zone: next })}
      />
      <StormStrip whole={whole} shown={shown} />
      <Presets whole={whole} shown={shown} />
      <Knowledge whole={whole} />
    </section>
  );
}

/** Middle of what `±5 min` means: what is pointed at, the knowledge cursor, the begin of the incident. */
function momentMeant({ shown }: Times, incident: EffectiveRange | null): bigint {
  return (
    hoverTime.getState().timeUnixNano ??
    useViewStore.getState().knownAt ??
    incident?.from ??
    (shown.from + shown.to) / 2n
  );
}

function Presets(times: Times) {
  const incident = useIncidentRange();
  const chosen = useViewStore((store) => store.range);
  const { whole } = times;
  const isAll = chosen !== null && chosen.from === whole.from && chosen.to === whole.to;
  return (
    <div className="segmented time-presets" role="group" aria-label="Ranges">
      {incident && (
        <button type="button" aria-pressed={chosen === null} onClick={() => look({ range: null })}>
          Incident <span aria-hidden="true">F</span>
        </button>
      )}
      <button type="button" aria-pressed={false} onClick={() => showAround(times, incident)}>
        ±5 min
      </button>
      <button
        type="button"
        aria-pressed={isAll || (chosen === null && !incident)}
        onClick={() => look({ range: { from: whole.from, to: whole.to } })}
      >
        All
      </button>
      <FarOff />
    </div>
  );
}

/** Rows whose clocks are far off do not set the scale of the strip; this is the way to them. */
function FarOff() {
  const times = useCaseTimes();
  const zone = usePreferences((preferences) => preferences.zone);
  const chosen = useViewStore((store) => store.range);
  if (!times || times.outsideCount === 0) return null;
  const { full, outsideCount } = times;
  const isShown = chosen !== null && chosen.from === full.from && chosen.to === full.to;
  const rows = `${countText(outsideCount)} ${outsideCount === 1 ? 'row lies' : 'rows lie'}`;
  return (
    <button
      type="button"
      aria-pressed={isShown}
      title={`${rows} far outside: show ${dayText(full.from, zone)} – ${dayText(full.to, zone)}`}
      onClick={() => look({ range: isShown ? null : { from: full.from, to: full.to } })}
    >
      {`+${countText(outsideCount)} far off`}
    </button>
  );
}

function showAround(times: Times, incident: EffectiveRange | null): void {
  const at = momentMeant(times, incident);
  look({ range: rangeBetween(at - AROUND_NS, at + AROUND_NS, times.whole) });
}

function Knowledge({ whole }: { readonly whole: EffectiveRange }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const knownAt = useViewStore((store) => store.knownAt);
  const isPlaying = usePlayback((store) => store.isPlaying);
  return (
    <button
      type="button"
      className="time-known"
      title={isPlaying ? 'Pause (Space)' : 'Play back what was known (Space)'}
      onClick={() => togglePlayback()}
    >
      <span className="row">
        <Icon name={isPlaying ? 'pause' : 'clock'} size={13} />
        <span className="strong">Known at {momentText(knownAt ?? whole.to, whole, zone)}</span>
      </span>
      <span className="detail text-3">
        {isPlaying
          ? 'playing · Space pauses'
          : knownAt === null
            ? 'latest row · Space plays back'
            : 'Esc returns to the end'}
      </span>
    </button>
  );
}

function useTimeActions(times: Times): void {
  const { whole, shown } = times;
  const incident = useIncidentRange();
  const canClear = useViewStore((store) => store.range !== null || store.knownAt !== null || store.selection !== null);
  const middle = (): bigint => hoverTime.getState().timeUnixNano ?? (shown.from + shown.to) / 2n;
  const step = (sign: bigint): void =>
    hoverAt(clampTime(middle() + (sign * (shown.to - shown.from)) / HAIRLINE_STEPS, shown));
  const zoom = (factor: number): void => look({ range: zoomedAt(shown, whole, middle(), factor) });
  const pan = (share: number): void => look({ range: pannedBy(shown, whole, share) });
  const group = 'Time';
  useActions([
    { id: 'time.zoomIn', title: 'Zoom in', group, keys: ['w'], run: () => zoom(ZOOM_STEP) },
    { id: 'time.zoomOut', title: 'Zoom out', group, keys: ['s'], run: () => zoom(1 / ZOOM_STEP) },
    { id: 'time.earlier', title: 'Earlier', group, keys: ['a'], run: () => pan(-PAN_SHARE) },
    { id: 'time.later', title: 'Later', group, keys: ['d'], run: () => pan(PAN_SHARE) },
    { id: 'time.hairBack', title: 'Hairline back', group, keys: [','], run: () => step(-1n) },
    { id: 'time.hairForward', title: 'Hairline forward', group, keys: ['.'], run: () => step(1n) },
    {
      id: 'time.incident',
      title: 'Show the incident',
      group,
      keys: ['f'],
      isDisabled: incident === null,
      run: () => look({ range: null }),
    },
    { id: 'time.around', title: 'Show 5 minutes around', group, run: () => showAround(times, incident) },
    {
      id: 'time.whole',
      title: 'Show the whole case',
      group,
      run: () => look({ range: { from: whole.from, to: whole.to } }),
    },
    { id: 'time.play', title: 'Play back what was known', group, keys: ['Space'], run: togglePlayback },
    {
      id: 'time.zone',
      title: 'Switch between UTC and local time',
      group,
      run: () => setPreference({ zone: usePreferences.getState().zone === 'utc' ? 'local' : 'utc' }),
    },
    {
      id: 'view.stepBack',
      title: 'Step back: playback, range, selection',
      group: 'Moving',
      keys: ['Escape'],
      isDisabled: !canClear,
      run: stepBack,
    },
  ]);
}

/** Takes away the last thing that narrows the screen. */
function stepBack(): void {
  if (usePlayback.getState().isPlaying) return togglePlayback();
  const { knownAt, range } = useViewStore.getState();
  if (knownAt !== null) look({ knownAt: null });
  else if (range !== null) look({ range: null });
  else look({ selection: null });
}
