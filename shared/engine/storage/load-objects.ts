/** Alerts, changes, events and declared edges of a case. */
import type { AlertSeverity, AlertState } from '../../model/alert.ts';
import type { ChangeKind, ChangeStatus } from '../../model/change-event.ts';
import type { EdgeKind, EdgeProvenance } from '../../model/edge.ts';
import type { Attributes } from '../../model/resource.ts';
import type { TelemetryAlert, TelemetryChange, TelemetryEdge, TelemetryEvent } from '../../model/telemetry.ts';
import type { UnixNano } from '../../model/time.ts';
import type { LoadContext } from './load-telemetry.ts';
import * as rows from './statements/telemetry.ts';

export function loadAlerts(context: LoadContext): readonly TelemetryAlert[] {
  const subjects = subjectsOf(context, 'alert');
  return rows.alertsBetween(context.database, context.window).map((row) => ({
    rowId: Number(row.id),
    externalId: row.externalId,
    name: row.name,
    summary: row.summary,
    severity: row.severity as AlertSeverity,
    state: row.state as AlertState,
    startTime: row.startTime as UnixNano,
    endTime: timeOrUndefined(row.endTime),
    entities: subjects(Number(row.id)),
    labels: attributesOf(row.labels),
    annotations: attributesOf(row.annotations),
    signal: row.signal === null ? undefined : (JSON.parse(row.signal) as TelemetryAlert['signal']),
    sourceUrl: row.sourceUrl ?? undefined,
  }));
}

export function loadChanges(context: LoadContext): readonly TelemetryChange[] {
  const subjects = subjectsOf(context, 'change');
  return rows.changesBetween(context.database, context.window).map((row) => ({
    rowId: Number(row.id),
    externalId: row.externalId,
    changeKind: row.kind as ChangeKind,
    title: row.title,
    status: row.status as ChangeStatus,
    startTime: row.startTime as UnixNano,
    endTime: timeOrUndefined(row.endTime),
    entities: subjects(Number(row.id)),
    revision: row.revision ?? undefined,
    author: row.author ?? undefined,
    description: row.description ?? undefined,
    attributes: attributesOf(row.attributes),
    sourceUrl: row.sourceUrl ?? undefined,
  }));
}

export function loadEvents(context: LoadContext): readonly TelemetryEvent[] {
  const subjects = subjectsOf(context, 'event');
  return rows.eventsBetween(context.database, context.window).map((row) => ({
    rowId: Number(row.id),
    externalId: row.externalId,
    reason: row.reason,
    message: row.message,
    severity: row.severity as TelemetryEvent['severity'],
    startTime: row.startTime as UnixNano,
    endTime: row.endTime as UnixNano,
    count: Number(row.count),
    isTimeInferred: row.isTimeInferred === 1n,
    entities: subjects(Number(row.id)),
    attributes: attributesOf(row.attributes),
  }));
}

export function loadEdges({ database, entityIndex }: LoadContext): readonly TelemetryEdge[] {
  return rows.allEdges(database).map(({ id, kind, fromId, toId, provenance }) => ({
    rowId: id,
    edgeKind: kind as EdgeKind,
    from: entityIndex(fromId),
    to: entityIndex(toId),
    provenance: provenance as EdgeProvenance,
  }));
}

function subjectsOf(context: LoadContext, table: 'alert' | 'change' | 'event'): (rowId: number) => readonly number[] {
  const byRow = new Map<number, number[]>();
  for (const [rowId = 0, entityId = 0] of rows.eachSubject(context.database, table)) {
    const list = byRow.get(rowId);
    const index = context.entityIndex(entityId);
    if (list) list.push(index);
    else byRow.set(rowId, [index]);
  }
  return (rowId) => byRow.get(rowId) ?? [];
}

function attributesOf(json: string | null): Attributes {
  return json === null ? {} : (JSON.parse(json) as Attributes);
}
function timeOrUndefined(time: bigint | null): UnixNano | undefined {
  return time === null ? undefined : (time as UnixNano);
}
