import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EntityRef } from '../../model/entity.ts';
import { browseSeries } from '../storage/statements/browse-records.ts';
import { scanPoints } from '../storage/statements/browse-signals.ts';
import { blocksOf, cellsOf, float64Column, int64Column } from './column-blocks.ts';
import type { EngineSession } from './engine-session.ts';
import { attributesOf, entitiesOf, nextAfter, rowsOf, textOf, timeOf } from './record-pages.ts';

const MOST_ENTITIES = 20;

export function metricHandlers(session: EngineSession): NamespaceHandlers<Contract, 'metric'> {
  return {
    'metric.list': async (request, { signal }) => {
      const rows = await rowsOf(session.engine, browseSeries(request), signal);
      const series = rows.map((row) => ({
        rowId: Number(row['id']),
        name: textOf(row['name']),
        unit: textOf(row['unit']),
        type: textOf(row['type']),
        temporality: textOf(row['temporality']),
        attributes: attributesOf(row['attributes']),
        entity: entitiesOf(row['entities'])[0] ?? null,
      }));
      return { series, next: nextAfter(rows, request.limit) };
    },
    'metric.search': async (request, { signal }) => {
      const { total, metrics } = await session.engine.view('metricSearch', request, signal);
      const entities = (all: readonly EntityRef[]): EntityRef[] => all.slice(0, MOST_ENTITIES);
      return { total, metrics: metrics.map((metric) => ({ ...metric, entities: entities(metric.entities) })) };
    },
    'metric.buckets': async (request, { signal }) => {
      const { isImporting } = session.engine;
      const { series, startTime, ...axis } = await session.engine.view('metricBuckets', request, signal);
      return { ...axis, startTime: timeOf(startTime), series: [...series], isPartial: isImporting };
    },
    'metric.points': async function* (request, { signal }) {
      for await (const block of blocksOf(session.engine, scanPoints(request), { maxRows: request.maxRows, signal })) {
        yield {
          rowCount: block.rowCount,
          rowId: float64Column(cellsOf(block, 0), 0),
          timeUnixNano: int64Column(cellsOf(block, 1)),
          value: float64Column(cellsOf(block, 2), Number.NaN),
          strings: [],
        };
      }
    },
  };
}
