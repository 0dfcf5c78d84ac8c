/**
 * The same file through DuckDB, in a process of its own: `node duckdb-run.ts DATABASE FILE`. Lines are read with declared
 * types (faster than letting DuckDB guess them), unnested to the columns a case has, and two indexes are built.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const LINE_TYPE = `STRUCT(
  resource STRUCT(attributes STRUCT("key" VARCHAR, "value" STRUCT(stringValue VARCHAR, intValue VARCHAR, doubleValue DOUBLE, boolValue BOOLEAN))[]),
  scopeSpans STRUCT(scope JSON, spans STRUCT(traceId VARCHAR, spanId VARCHAR, parentSpanId VARCHAR, name VARCHAR, kind INTEGER,
    startTimeUnixNano UBIGINT, endTimeUnixNano UBIGINT,
    attributes STRUCT("key" VARCHAR, "value" STRUCT(stringValue VARCHAR, intValue VARCHAR, doubleValue DOUBLE, boolValue BOOLEAN))[],
    status STRUCT(code INTEGER, message VARCHAR), events JSON, links JSON)[])[]
)[]`;

function attributeMap(list: string): string {
  return `map_from_entries(list_transform(${list}, a -> struct_pack(k := a."key",
    v := coalesce(a."value".stringValue, a."value".intValue, a."value".doubleValue::VARCHAR, a."value".boolValue::VARCHAR))))`;
}

const LOAD = (file: string): string => `
  CREATE TABLE spans AS
  WITH groups AS (SELECT unnest(resourceSpans) AS g FROM read_json('${file}', format = 'newline_delimited',
      maximum_object_size = 67108864, columns = {resourceSpans: '${LINE_TYPE.replaceAll('\n', ' ')}'})),
    scopes AS (SELECT ${attributeMap('g.resource.attributes')} AS resource_attributes, unnest(g.scopeSpans) AS s FROM groups),
    flat AS (SELECT resource_attributes, s.scope AS scope, unnest(s.spans) AS span FROM scopes)
  SELECT span.traceId AS trace_id, span.spanId AS span_id, span.parentSpanId AS parent_span_id,
    resource_attributes['service.name'] AS service, resource_attributes['k8s.pod.name'] AS instance, span.name AS name,
    span.kind AS kind, coalesce(span.status.code, 0) AS status, span.startTimeUnixNano AS start_time,
    span.endTimeUnixNano - span.startTimeUnixNano AS duration_ns, ${attributeMap('span.attributes')} AS attributes,
    span.status.message AS status_message, span.events AS events, span.links AS links, scope
  FROM flat`;

const [database, file] = process.argv.slice(2);
if (database === undefined || file === undefined) throw new Error('usage: duckdb-run.ts DATABASE FILE');
const started = performance.now();
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run(LOAD(file));
await connection.run('CREATE INDEX spans_by_trace ON spans (trace_id)');
await connection.run('CREATE INDEX spans_by_service_and_time ON spans (service, start_time)');
const seconds = (performance.now() - started) / 1000;
const answer = await connection.runAndReadAll('SELECT count(*)::INTEGER, count(DISTINCT service)::INTEGER FROM spans');
const [spans, services] = answer.getRows()[0] ?? [];
console.log(JSON.stringify({ seconds, spans, services }));
