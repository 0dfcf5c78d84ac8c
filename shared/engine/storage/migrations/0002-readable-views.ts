/**
 * Views for people who write SQL: ids in hex, times in RFC 3339 beside their Unix nanoseconds, names instead of row ids.
 * They are the documented surface of the SQL console; the tables below them may change with a migration.
 */
function rfc3339(column: string): string {
  // SQLite's integer division rounds to zero, so a time before 1970 takes one second less and a positive remainder.
  const seconds = `(${column} / 1000000000 - (${column} % 1000000000 < 0))`;
  const fraction = `((${column} % 1000000000 + 1000000000) % 1000000000)`;
  return `CASE WHEN ${column} IS NULL THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%S', ${seconds}, 'unixepoch') || printf('.%09dZ', ${fraction}) END`;
}
const SEVERITY_TEXT = `CASE WHEN l.severity = 0 THEN 'unknown' WHEN l.severity < 5 THEN 'trace' WHEN l.severity < 9 THEN 'debug'
    WHEN l.severity < 13 THEN 'info' WHEN l.severity < 17 THEN 'warn' WHEN l.severity < 21 THEN 'error' ELSE 'fatal' END`;
const NAMED = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NULL THEN NULL ELSE ${alias}.type || ':' || ${alias}.name END`;

export const sql = /* sql */ `
CREATE VIEW v_files AS
  SELECT id, path, format, confidence, reason, status, sha256, size_bytes, records, rejected, duplicates,
    ${rfc3339('first_time')} AS first_time, ${rfc3339('last_time')} AS last_time, warnings
  FROM source_files;

CREATE VIEW v_entities AS
  SELECT e.id, e.type, e.name, e.is_instrumented, e.attributes,
    (SELECT group_concat(alias, ', ') FROM entity_aliases a WHERE a.entity_id = e.id) AS aliases
  FROM entities e;

CREATE VIEW v_spans AS
  SELECT s.id, lower(hex(t.trace_id)) AS trace_id, printf('%016x', s.span_id) AS span_id,
    CASE WHEN s.parent_span_id IS NULL THEN NULL ELSE printf('%016x', s.parent_span_id) END AS parent_span_id,
    e.name AS service, i.name AS instance, n.text AS name,
    CASE s.kind WHEN 1 THEN 'internal' WHEN 2 THEN 'server' WHEN 3 THEN 'client' WHEN 4 THEN 'producer' WHEN 5 THEN 'consumer' ELSE 'unspecified' END AS kind,
    CASE s.status WHEN 1 THEN 'ok' WHEN 2 THEN 'error' ELSE 'unset' END AS status,
    ${rfc3339('s.start_time')} AS start_time, s.start_time AS start_time_unix_nano, s.duration_ns,
    s.duration_ns / 1000000.0 AS duration_ms, ${NAMED('p')} AS peer, s.attributes, s.extra,
    s.entity_id, s.resource_id, s.source_file_id, s.trace_row
  FROM spans s JOIN traces t ON t.id = s.trace_row JOIN names n ON n.id = s.name_id
    JOIN resources r ON r.id = s.resource_id
    LEFT JOIN entities e ON e.id = s.entity_id LEFT JOIN entities i ON i.id = r.instance_id
    LEFT JOIN entities p ON p.id = s.peer_id;

CREATE VIEW v_logs AS
  SELECT l.id, ${rfc3339('l.time')} AS time, l.time AS time_unix_nano, l.is_time_inferred,
    l.severity AS severity_number, ${SEVERITY_TEXT} AS severity, e.name AS service, i.name AS instance, l.body,
    m.template_id, m.text AS template, lower(hex(t.trace_id)) AS trace_id,
    CASE WHEN l.span_id IS NULL THEN NULL ELSE printf('%016x', l.span_id) END AS span_id,
    l.attributes, l.entity_id, l.resource_id, l.source_file_id
  FROM log_records l JOIN log_templates m ON m.id = l.template_row JOIN resources r ON r.id = l.resource_id
    LEFT JOIN traces t ON t.id = l.trace_row
    LEFT JOIN entities e ON e.id = l.entity_id LEFT JOIN entities i ON i.id = r.instance_id;

CREATE VIEW v_log_templates AS
  SELECT m.id, m.template_id, m.text, m.example,
    (SELECT count(*) FROM log_records l WHERE l.template_row = m.id) AS record_count
  FROM log_templates m;

CREATE VIEW v_metric_series AS
  SELECT s.id, s.name, s.unit, s.type, s.temporality, s.attributes, ${NAMED('e')} AS entity, i.name AS instance,
    r.attributes AS resource_attributes, s.entity_id, s.resource_id
  FROM metric_series s JOIN resources r ON r.id = s.resource_id
    LEFT JOIN entities e ON e.id = s.entity_id LEFT JOIN entities i ON i.id = r.instance_id;

CREATE VIEW v_metric_points AS
  SELECT p.id, p.series_id, s.name, ${NAMED('e')} AS entity, ${rfc3339('p.time')} AS time, p.time AS time_unix_nano,
    p.value, p.count, p.sum, p.detail, s.unit, s.type, s.attributes, p.is_time_inferred, p.source_file_id
  FROM metric_points p JOIN metric_series s ON s.id = p.series_id LEFT JOIN entities e ON e.id = s.entity_id;

CREATE VIEW v_alerts AS
  SELECT a.id, a.external_id, a.name, a.summary, a.severity, a.state,
    ${rfc3339('a.start_time')} AS start_time, a.start_time AS start_time_unix_nano, ${rfc3339('a.end_time')} AS end_time,
    (SELECT group_concat(e.type || ':' || e.name, ', ') FROM alert_entities x JOIN entities e ON e.id = x.entity_id WHERE x.alert_id = a.id) AS entities,
    a.labels, a.annotations, a.signal, a.source_url, a.source_file_id
  FROM alerts a;

CREATE VIEW v_changes AS
  SELECT c.id, c.external_id, c.kind, c.title, c.status,
    ${rfc3339('c.start_time')} AS start_time, c.start_time AS start_time_unix_nano, ${rfc3339('c.end_time')} AS end_time,
    (SELECT group_concat(e.type || ':' || e.name, ', ') FROM change_entities x JOIN entities e ON e.id = x.entity_id WHERE x.change_id = c.id) AS entities,
    c.revision, c.author, c.description, c.attributes, c.source_url, c.source_file_id
  FROM changes c;

CREATE VIEW v_events AS
  SELECT v.id, v.external_id, v.reason, v.message, v.severity,
    ${rfc3339('v.start_time')} AS start_time, v.start_time AS start_time_unix_nano, ${rfc3339('v.end_time')} AS end_time,
    v.count, v.is_time_inferred,
    (SELECT group_concat(e.type || ':' || e.name, ', ') FROM event_entities x JOIN entities e ON e.id = x.entity_id WHERE x.event_id = v.id) AS entities,
    v.attributes, v.source_file_id
  FROM events v;

CREATE VIEW v_edges AS
  SELECT d.id, d.kind, f.type || ':' || f.name AS from_entity, t.type || ':' || t.name AS to_entity, d.provenance,
    d.attributes, d.source_file_id
  FROM edges d JOIN entities f ON f.id = d.from_id JOIN entities t ON t.id = d.to_id;

CREATE VIEW v_quarantine AS
  SELECT q.id, f.path, q.line, q.byte_offset, q.reason, q.excerpt
  FROM quarantine q JOIN source_files f ON f.id = q.source_file_id;

CREATE VIEW v_findings AS
  SELECT x.id, x.analysis_id, x.finding_id, x.detector, x.kind, x.signal, ${NAMED('e')} AS entity, ${NAMED('p')} AS peer,
    ${NAMED('i')} AS instance, x.subject, ${rfc3339('x.start_time')} AS start_time, ${rfc3339('x.end_time')} AS end_time,
    x.effect_size, x.score, x.baseline, x.observed, x.unit, x.text, x.refs
  FROM findings x LEFT JOIN entities e ON e.id = x.entity_id LEFT JOIN entities p ON p.id = x.peer_id
    LEFT JOIN entities i ON i.id = x.instance_id;

CREATE VIEW v_incidents AS
  SELECT id, analysis_id, incident_id, title, severity, ${rfc3339('start_time')} AS start_time,
    ${rfc3339('end_time')} AS end_time, alerts, findings, entities
  FROM incidents;

CREATE VIEW v_hypotheses AS
  SELECT h.id, n.analysis_id, n.incident_id, h.rank, ${NAMED('e')} AS entity, h.fault_kind, c.title AS change,
    h.score, h.confidence, h.summary, h.disproved_by
  FROM hypotheses h JOIN incidents n ON n.id = h.incident_row LEFT JOIN entities e ON e.id = h.entity_id
    LEFT JOIN changes c ON c.id = h.change_row;

CREATE VIEW v_evidence AS
  SELECT v.id, n.analysis_id, n.incident_id, h.rank, v.stance, v.signal, v.text, v.weight, v.refs
  FROM evidence v JOIN hypotheses h ON h.id = v.hypothesis_id JOIN incidents n ON n.id = h.incident_row;
`;
