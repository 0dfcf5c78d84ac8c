/** The range as text: absolute, its day and length. Pressed, it becomes a field that understands what people type. */
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { EffectiveRange } from '../stores/effective-range.ts';
import { useActions } from '../stores/actions.ts';
import { usePreferences } from '../stores/preferences.ts';
import type { Zone } from '../stores/preferences.ts';
import { clockText, dayText, durationText, isSameDay, zonedDate } from '../stores/time-format.ts';
import { parseTypedRange } from '../stores/time-input.ts';
import { look } from '../stores/view-state.ts';

export function RangeField({ whole, shown }: { readonly whole: EffectiveRange; readonly shown: EffectiveRange }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const text = rangeText(shown, zone);
  const begin = (): void => setTyped(typedText(shown, zone));
  useActions([{ id: 'time.type', title: 'Type a time range', group: 'Time', keys: ['Shift+D'], run: begin }]);

  function leave(): void {
    setTyped(null);
    setReason(null);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      return leave();
    }
    if (event.key !== 'Enter' || typed === null) return;
    const parsed = parseTypedRange(typed, { shown, whole, zone });
    if (!parsed.isOk) return setReason(parsed.reason);
    look({ range: parsed.range });
    leave();
  }
  if (typed === null) {
    return (
      <button
        type="button"
        className="time-range"
        title="Type a range: 14:00 – 14:45, -30m, RFC 3339 (⇧D)"
        onClick={begin}
      >
        <span className="strong">{text}</span>
        <span className="detail text-3">{rangeDetail(shown, zone)}</span>
      </button>
    );
  }
  return (
    <div className="time-range">
      <input
        className="field"
        aria-label="Time range"
        aria-invalid={reason !== null}
        aria-describedby="time-range-reason"
        value={typed}
        autoFocus
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        onBlur={leave}
        onChange={(event) => {
          setTyped(event.target.value);
          setReason(null);
        }}
        onKeyDown={onKeyDown}
      />
      <span id="time-range-reason" className={reason === null ? 'visually-hidden' : 'time-range-reason'} role="alert">
        {reason ?? ''}
      </span>
    </div>
  );
}

/** From here on days tell more than clock times. */
const DAYS_NS = 3n * 86_400_000_000_000n;

/** `14:00:00 – 14:45:00`; milliseconds where the range is short, dates where it is long. */
export function rangeText({ from, to }: EffectiveRange, zone: Zone): string {
  if (to - from >= DAYS_NS) return `${dateText(from, zone)} – ${dateText(to, zone)}`;
  const detail = to - from < 10_000_000_000n ? 'millisecond' : 'second';
  return `${clockText(from, zone, detail)} – ${clockText(to, zone, detail)}`;
}

/** `45 min · Wed 18 Nov 2026`; both days where it spans several. */
export function rangeDetail({ from, to }: EffectiveRange, zone: Zone): string {
  if (to - from >= DAYS_NS) {
    return `${durationText(Number(to - from))} · ${clockText(from, zone)} – ${clockText(to, zone)}`;
  }
  const days = isSameDay(from, to, zone) ? dayText(from, zone) : `${dayText(from, zone)} – ${dayText(to, zone)}`;
  return `${durationText(Number(to - from))} · ${days}`;
}

/** The range as the field understands it: what is shown, and days with their times where those are left out. */
function typedText(range: EffectiveRange, zone: Zone): string {
  if (range.to - range.from < DAYS_NS) return rangeText(range, zone);
  const minute = (time: bigint): string => zonedDate(time, zone).toISOString().slice(0, 16).replace('T', ' ');
  return `${minute(range.from)} – ${minute(range.to)}`;
}

/** `18 Nov 2026`. */
function dateText(time: bigint, zone: Zone): string {
  return dayText(time, zone).replace(/^\w+ /, '');
}
