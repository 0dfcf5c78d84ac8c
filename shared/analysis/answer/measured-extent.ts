/**
 * The stretch that was actually measured. A case reaches as far back as its oldest alert, change or Kubernetes object,
 * days often, while spans, logs and metrics cover the hour someone exported; rates and baselines are about that hour.
 */
import type { Telemetry } from '../../model/telemetry.ts';

/** Stray stamps (a device with a wrong clock) beyond these shares of a signal do not stretch the extent. */
const STRAY_SHARE = 0.001;
/** A signal's true first and last record count as long as they do not stretch its bulk by more than this. */
const LARGEST_STRETCH = 0.2;

interface Extent {
  readonly startNs: number;
  readonly endNs: number;
}

/**
 * The same telemetry with `startNs` and `endNs` of what was measured; without measurements those of alerts and events.
 * A time that was guessed from the file it came in (a summary without a clock) never moves them.
 */
export function narrowToMeasured(telemetry: Telemetry): Telemetry {
  const { spans, logs, metrics } = telemetry;
  const points = metrics.flatMap(({ timesNs }) =>
    timesNs.length > 0 ? [timesNs[0]!, timesNs[timesNs.length - 1]!] : [],
  );
  const extents = [
    extentOf(spans.startNs, spans.length),
    extentOf(logs.timeNs, logs.length),
    extentOf(Float64Array.from(points).sort(), points.length),
  ].filter((extent) => extent !== undefined);
  if (extents.length === 0) extents.push(...extentOfReports(telemetry));
  if (extents.length === 0) return telemetry;
  const startNs = Math.min(...extents.map((extent) => extent.startNs));
  const endNs = Math.max(...extents.map((extent) => extent.endNs));
  return endNs > startNs ? { ...telemetry, startNs, endNs } : telemetry;
}

/** What people and platforms reported, for cases without any measurement. */
function extentOfReports({ alerts, events, origin }: Telemetry): Extent[] {
  const times = [
    ...alerts.flatMap(({ startTime, endTime }) => (endTime === undefined ? [startTime] : [startTime, endTime])),
    ...events.flatMap(({ isTimeInferred, startTime, endTime }) => (isTimeInferred ? [] : [startTime, endTime])),
  ].map((time) => Number(time - origin));
  const extent = extentOf(Float64Array.from(times).sort(), times.length);
  return extent ? [extent] : [];
}

function extentOf(ascending: Float64Array, length: number): Extent | undefined {
  if (length === 0) return undefined;
  const stray = Math.floor(length * STRAY_SHARE);
  const low = ascending[stray]!;
  const high = ascending[length - 1 - stray]!;
  const reach = (high - low) * LARGEST_STRETCH;
  const first = ascending[0]!;
  const last = ascending[length - 1]!;
  return { startNs: low - first <= reach ? first : low, endNs: last - high <= reach ? last : high };
}
