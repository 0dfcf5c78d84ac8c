/** Builds the columns that analysis works on from a case. One pass over each table, no object per row. */
import type { EntityType } from '../../model/entity.ts';
import type { Attributes } from '../../model/resource.ts';
import type { Telemetry, TelemetryEntity } from '../../model/telemetry.ts';
import type { UnixNano } from '../../model/time.ts';
import type { CaseDatabase } from './case-database.ts';
import { knownGaps } from './known-gaps.ts';
import { loadLogs } from './load-logs.ts';
import { loadMetrics } from './load-metrics.ts';
import { loadAlerts, loadChanges, loadEdges, loadEvents } from './load-objects.ts';
import { loadSpans } from './load-spans.ts';
import { allEntities, allResources } from './statements/dictionaries.ts';
import { allSourceFiles } from './statements/source-files.ts';
import { sourceTimeExtent, type TimeWindow } from './statements/telemetry.ts';

export interface LoadRange {
  /** Inclusive; by the start of spans, the time of everything else. Undefined = from the first, to the last. */
  readonly from?: UnixNano | undefined;
  readonly to?: UnixNano | undefined;
}

/** Entities and resources of a case by dense index; what the loaders of single signals share. */
export interface LoadContext {
  readonly database: CaseDatabase;
  readonly window: TimeWindow;
  /** Entity row id → index, -1 for ids there are none of. */
  entityIndex(rowId: number | null): number;
  /** By resource row id. */
  readonly resourceEntity: Int32Array;
  readonly resourceInstance: Int32Array;
  /** Called often by long loops; may throw to cancel. */
  readonly poll: () => void;
}

/**
 * A million spans, a million log records and 200,000 points take about two seconds. All reads see one state of the case,
 * whatever an import adds meanwhile. `poll` is called every few thousand rows and may throw.
 */
export function loadTelemetry(
  database: CaseDatabase,
  range: LoadRange = {},
  poll: () => void = () => undefined,
): Telemetry {
  return database.transaction(() => load(database, range, poll))();
}

function load(database: CaseDatabase, range: LoadRange, poll: () => void): Telemetry {
  const extent = sourceTimeExtent(database) ?? { first: 0n, last: 0n };
  const from = range.from !== undefined && range.from > extent.first ? range.from : extent.first;
  const to = range.to !== undefined && range.to < extent.last ? range.to : extent.last;
  const window: TimeWindow = { origin: from, from, to };
  const entities = loadEntities(database);
  const context = loadContext(database, window, entities, poll);
  const { spans, index, denseTraces } = loadSpans(context);
  return {
    origin: from as UnixNano,
    startNs: 0,
    endNs: Math.max(0, Number(to - from)),
    entities,
    spans,
    logs: loadLogs(context, index, denseTraces),
    metrics: loadMetrics(context),
    alerts: loadAlerts(context),
    changes: loadChanges(context),
    events: loadEvents(context),
    edges: loadEdges(context),
    knownGaps: knownGaps(
      allSourceFiles(database).map((file) => ({ ...file, warnings: JSON.parse(file.warnings) as readonly string[] })),
    ),
  };
}

function loadEntities(database: CaseDatabase): readonly TelemetryEntity[] {
  return allEntities(database).map(({ id, type, name, isInstrumented, attributes }) => ({
    type: type as EntityType,
    name,
    rowId: id,
    attributes: attributes === null ? {} : (JSON.parse(attributes) as Attributes),
    isInstrumented: isInstrumented === 1,
  }));
}

function loadContext(
  database: CaseDatabase,
  window: TimeWindow,
  entities: readonly TelemetryEntity[],
  poll: () => void,
): LoadContext {
  const indexOf = new Int32Array((entities.at(-1)?.rowId ?? 0) + 1).fill(-1);
  entities.forEach(({ rowId }, index) => (indexOf[rowId] = index));
  const entityIndex = (rowId: number | null): number => (rowId === null ? -1 : (indexOf[rowId] ?? -1));
  const resources = allResources(database);
  const resourceEntity = new Int32Array((resources.at(-1)?.id ?? 0) + 1).fill(-1);
  const resourceInstance = resourceEntity.slice();
  for (const { id, entityId, instanceId } of resources) {
    resourceEntity[id] = entityIndex(entityId);
    resourceInstance[id] = entityIndex(instanceId);
  }
  return { database, window, entityIndex, resourceEntity, resourceInstance, poll };
}
