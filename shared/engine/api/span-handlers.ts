import type { Contract } from '../../contract/contract.ts';
import { ContractError } from '../../contract/contract-error.ts';
import type { NamespaceHandlers, OutputOf } from '../../contract/derived-types.ts';
import type { AttributeValue, Attributes } from '../../model/resource.ts';
import { unixNano } from '../../model/time.ts';
import { scanSpans } from '../storage/statements/browse-signals.ts';
import type { SpanDetailRow } from '../storage/statements/view-reads.ts';
import type { EngineSession } from './engine-session.ts';
import { attributesOf } from './record-pages.ts';
import { spanBlocks } from './span-blocks.ts';
import { entityOrNull } from './view-fields.ts';

type SpanDetail = OutputOf<Contract['span.get']>;

export function spanHandlers(session: EngineSession): NamespaceHandlers<Contract, 'span'> {
  return {
    'span.scan': (filter, { signal }) =>
      spanBlocks(session.engine, scanSpans(filter), { maxRows: filter.maxRows, signal }),
    'span.get': async ({ rowId }, { signal }) => {
      const row = await session.engine.view('spanDetail', rowId, signal);
      if (!row) throw new ContractError('not_found', `The case has no span ${rowId}.`);
      return spanDetail(rowId, row);
    },
  };
}

function spanDetail(rowId: number, row: SpanDetailRow): SpanDetail {
  const { statusMessage, events, links, ...extra } = attributesOf(row.extra);
  return {
    rowId,
    traceId: row.traceId,
    spanId: BigInt.asUintN(64, row.spanId),
    parentSpanId: BigInt.asUintN(64, row.parentSpanId),
    entity: entityOrNull(row.entityType, row.entityName),
    instance: entityOrNull(row.instanceType, row.instanceName),
    peer: entityOrNull(row.peerType, row.peerName),
    name: row.name,
    spanKind: Number(row.kind),
    status: Number(row.status),
    statusMessage: text(statusMessage),
    startTime: unixNano(row.startTime),
    durationNs: Number(row.durationNs),
    attributes: attributesOf(row.attributes),
    events: list(events).map(spanEvent),
    links: list(links).map((link) => ({
      traceId: text(link['traceId'] ?? link['trace_id']),
      spanId: text(link['spanId'] ?? link['span_id']),
      attributes: object(link['attributes']),
    })),
    resource: attributesOf(row.resource),
    extra,
    sourcePath: row.sourcePath,
  };
}

function spanEvent(event: Attributes): SpanDetail['events'][number] {
  const time = event['timeUnixNano'] ?? event['time'];
  const isTime = (typeof time === 'string' && /^-?\d{1,19}$/.test(time)) || Number.isSafeInteger(time);
  return {
    name: text(event['name']),
    time: isTime ? unixNano(time as string | number) : null,
    attributes: object(event['attributes']),
  };
}

/** What an export wrote there may be anything; only objects count. */
function list(value: AttributeValue | undefined): Attributes[] {
  return Array.isArray(value) ? value.map(object) : [];
}
function object(value: AttributeValue | undefined): Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Attributes) : {};
}
function text(value: AttributeValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
