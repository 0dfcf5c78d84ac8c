/**
 * Signs: what a case showed, in a form that can be counted over cases. How rare a sign was in earlier, unlabelled cases
 * tells what is ordinary noise of a system and what is news.
 */
import type { CaseHistory } from '../context.ts';
import type { EntityIndex, Telemetry, TelemetryAlert } from '../../model/telemetry.ts';

export interface Sign {
  readonly key: string;
  /** The same sign whoever shows it. */
  readonly kindKey: string;
  /** Who shows it; for calls the callee. */
  readonly entity: EntityIndex;
  /** For calls the caller. */
  readonly caller: EntityIndex | undefined;
  readonly alert: number;
}

export function signsOfAlerts(telemetry: Telemetry, alerts: readonly number[]): Sign[] {
  const signs: Sign[] = [];
  for (const index of alerts) {
    const alert = telemetry.alerts[index]!;
    const kindKey = kindOfAlert(alert);
    const caller = alert.signal?.kind === 'trace' && alert.entities.length > 1 ? alert.entities[0] : undefined;
    const entity = caller === undefined ? alert.entities[0] : alert.entities[1];
    if (entity === undefined) continue;
    const place = [caller, entity].map((e) => (e === undefined ? '' : (telemetry.entities[e]?.name ?? ''))).join('>');
    signs.push({ key: `${place} ${kindKey}`, kindKey, entity, caller, alert: index });
  }
  return signs;
}
function kindOfAlert(alert: TelemetryAlert): string {
  const { signal } = alert;
  return signal ? `${signal.kind} ${signal.name} ${signal.direction ?? ''}` : `alert ${alert.name}`;
}

/** Keys of all signs of a case, each once, for the library. */
export function signKeysOfCase(telemetry: Telemetry): ReadonlySet<string> {
  return new Set(
    signsOfAlerts(
      telemetry,
      telemetry.alerts.map((_, index) => index),
    ).map((sign) => sign.key),
  );
}

/** Nats of surprise that a sign is there: log of cases over cases that had it, each plus a prior of one half. */
export function rarityOf(history: CaseHistory | undefined, key: string): number | undefined {
  if (!history || history.cases === 0) return undefined;
  return Math.log((history.cases + 1) / ((history.casesWithSign.get(key) ?? 0) + 0.5));
}
