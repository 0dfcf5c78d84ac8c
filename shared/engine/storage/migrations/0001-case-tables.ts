/**
 * The tables of a case. Times are integer Unix nanoseconds (`*_time`), durations nanoseconds. Trace ids, entities,
 * resources, span names, templates and series are dictionaries; the big tables hold their small row ids. Attributes and
 * other open structures are compact JSON text, NULL when empty.
 *
 * Original bytes stay where they were: a case keeps the path, size and SHA-256 of every file it read, every record in
 * its parsed form, and of records that could not be read the first 1,000 characters (`quarantine.excerpt`).
 */
export const sql = /* sql */ `
CREATE TABLE jobs (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('import', 'analysis')),
  status      TEXT NOT NULL CHECK (status IN ('running', 'succeeded', 'failed', 'cancelled', 'interrupted')),
  parameters  TEXT NOT NULL,
  start_time  INTEGER NOT NULL,
  end_time    INTEGER,
  error       TEXT,
  progress    TEXT NOT NULL,
  report      TEXT
) STRICT;

CREATE TABLE source_files (
  id                INTEGER PRIMARY KEY,
  job_id            TEXT REFERENCES jobs (id),
  path              TEXT NOT NULL,
  sha256            TEXT NOT NULL DEFAULT '',
  head_sha256       TEXT NOT NULL,
  size_bytes        INTEGER NOT NULL DEFAULT 0,
  format            TEXT NOT NULL,
  format_version    INTEGER NOT NULL,
  confidence        REAL NOT NULL,
  reason            TEXT NOT NULL,
  status            TEXT NOT NULL CHECK (status IN ('reading', 'complete', 'duplicate', 'failed')),
  batches_committed INTEGER NOT NULL DEFAULT 0,
  records           TEXT NOT NULL DEFAULT '{}',
  rejected          INTEGER NOT NULL DEFAULT 0,
  duplicates        INTEGER NOT NULL DEFAULT 0,
  first_time        INTEGER,
  last_time         INTEGER,
  warnings          TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX source_files_by_head ON source_files (head_sha256);

CREATE TABLE entities (
  id              INTEGER PRIMARY KEY,
  type            TEXT NOT NULL,
  name            TEXT NOT NULL,
  is_instrumented INTEGER NOT NULL DEFAULT 0,
  attributes      TEXT,
  UNIQUE (type, name)
) STRICT;
CREATE TABLE entity_aliases (
  entity_id  INTEGER NOT NULL REFERENCES entities (id),
  alias      TEXT NOT NULL,
  provenance TEXT NOT NULL,
  PRIMARY KEY (entity_id, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_aliases_by_alias ON entity_aliases (alias);

CREATE TABLE resources (
  id          INTEGER PRIMARY KEY,
  attributes  TEXT NOT NULL,
  entity_id   INTEGER REFERENCES entities (id),
  instance_id INTEGER REFERENCES entities (id),
  node_id     INTEGER REFERENCES entities (id)
) STRICT;
CREATE TABLE names (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE traces (
  id       INTEGER PRIMARY KEY,
  trace_id BLOB NOT NULL
) STRICT;

CREATE TABLE spans (
  id             INTEGER PRIMARY KEY,
  source_file_id INTEGER NOT NULL REFERENCES source_files (id),
  trace_row      INTEGER NOT NULL REFERENCES traces (id),
  span_id        INTEGER NOT NULL,
  parent_span_id INTEGER,
  start_time     INTEGER NOT NULL,
  duration_ns    INTEGER NOT NULL,
  resource_id    INTEGER NOT NULL REFERENCES resources (id),
  entity_id      INTEGER REFERENCES entities (id),
  name_id        INTEGER NOT NULL REFERENCES names (id),
  kind           INTEGER NOT NULL,
  status         INTEGER NOT NULL,
  peer_id        INTEGER REFERENCES entities (id),
  attributes     TEXT,
  extra          TEXT
) STRICT;

CREATE TABLE log_templates (
  id          INTEGER PRIMARY KEY,
  template_id TEXT NOT NULL UNIQUE,
  text        TEXT NOT NULL,
  example     TEXT NOT NULL
) STRICT;
CREATE TABLE log_records (
  id               INTEGER PRIMARY KEY,
  source_file_id   INTEGER NOT NULL REFERENCES source_files (id),
  time             INTEGER NOT NULL,
  is_time_inferred INTEGER NOT NULL,
  severity         INTEGER NOT NULL,
  resource_id      INTEGER NOT NULL REFERENCES resources (id),
  entity_id        INTEGER REFERENCES entities (id),
  template_row     INTEGER NOT NULL REFERENCES log_templates (id),
  trace_row        INTEGER REFERENCES traces (id),
  span_id          INTEGER,
  line_count       INTEGER NOT NULL,
  body             TEXT NOT NULL,
  attributes       TEXT
) STRICT;
CREATE VIRTUAL TABLE log_text USING fts5 (
  body, content = 'log_records', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TABLE full_text_state (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  last_log_id INTEGER NOT NULL
) STRICT;
INSERT INTO full_text_state VALUES (1, 0);

CREATE TABLE metric_series (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  unit        TEXT NOT NULL,
  type        TEXT NOT NULL,
  temporality TEXT NOT NULL,
  attributes  TEXT NOT NULL,
  resource_id INTEGER NOT NULL REFERENCES resources (id),
  entity_id   INTEGER REFERENCES entities (id)
) STRICT;
CREATE INDEX metric_series_by_name ON metric_series (name);
CREATE TABLE metric_points (
  id               INTEGER PRIMARY KEY,
  source_file_id   INTEGER NOT NULL REFERENCES source_files (id),
  series_id        INTEGER NOT NULL REFERENCES metric_series (id),
  time             INTEGER NOT NULL,
  is_time_inferred INTEGER NOT NULL,
  value            REAL,
  count            REAL,
  sum              REAL,
  detail           TEXT
) STRICT;

CREATE TABLE alerts (
  id             INTEGER PRIMARY KEY,
  source_file_id INTEGER NOT NULL REFERENCES source_files (id),
  external_id    TEXT NOT NULL,
  name           TEXT NOT NULL,
  summary        TEXT NOT NULL,
  severity       TEXT NOT NULL,
  state          TEXT NOT NULL,
  start_time     INTEGER NOT NULL,
  end_time       INTEGER,
  labels         TEXT,
  annotations    TEXT,
  signal         TEXT,
  source_url     TEXT,
  UNIQUE (external_id, start_time)
) STRICT;
CREATE INDEX alerts_by_time ON alerts (start_time);
CREATE TABLE alert_entities (
  alert_id  INTEGER NOT NULL REFERENCES alerts (id),
  position  INTEGER NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  PRIMARY KEY (alert_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  id             INTEGER PRIMARY KEY,
  source_file_id INTEGER NOT NULL REFERENCES source_files (id),
  external_id    TEXT NOT NULL,
  kind           TEXT NOT NULL,
  title          TEXT NOT NULL,
  status         TEXT NOT NULL,
  start_time     INTEGER NOT NULL,
  end_time       INTEGER,
  revision       TEXT,
  author         TEXT,
  description    TEXT,
  attributes     TEXT,
  source_url     TEXT,
  UNIQUE (external_id, start_time, kind)
) STRICT;
CREATE INDEX changes_by_time ON changes (start_time);
CREATE TABLE change_entities (
  change_id INTEGER NOT NULL REFERENCES changes (id),
  position  INTEGER NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  PRIMARY KEY (change_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  id               INTEGER PRIMARY KEY,
  source_file_id   INTEGER NOT NULL REFERENCES source_files (id),
  external_id      TEXT NOT NULL,
  reason           TEXT NOT NULL,
  message          TEXT NOT NULL,
  severity         TEXT NOT NULL,
  start_time       INTEGER NOT NULL,
  end_time         INTEGER NOT NULL,
  count            INTEGER NOT NULL,
  is_time_inferred INTEGER NOT NULL,
  attributes       TEXT
) STRICT;
CREATE UNIQUE INDEX events_by_external_id ON events (external_id, start_time, reason) WHERE external_id <> '';
CREATE INDEX events_by_time ON events (start_time);
CREATE TABLE event_entities (
  event_id  INTEGER NOT NULL REFERENCES events (id),
  position  INTEGER NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entities (id),
  PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE edges (
  id             INTEGER PRIMARY KEY,
  source_file_id INTEGER REFERENCES source_files (id),
  kind           TEXT NOT NULL,
  from_id        INTEGER NOT NULL REFERENCES entities (id),
  to_id          INTEGER NOT NULL REFERENCES entities (id),
  provenance     TEXT NOT NULL,
  attributes     TEXT,
  UNIQUE (kind, from_id, to_id, provenance)
) STRICT;
CREATE INDEX edges_by_callee ON edges (to_id);

CREATE TABLE quarantine (
  id             INTEGER PRIMARY KEY,
  source_file_id INTEGER NOT NULL REFERENCES source_files (id),
  line           INTEGER NOT NULL,
  byte_offset    INTEGER NOT NULL,
  reason         TEXT NOT NULL,
  excerpt        TEXT NOT NULL
) STRICT;
CREATE INDEX quarantine_by_file ON quarantine (source_file_id);

CREATE TABLE analyses (
  id           INTEGER PRIMARY KEY,
  job_id       TEXT REFERENCES jobs (id),
  created_time INTEGER NOT NULL,
  fingerprint  TEXT NOT NULL,
  parameters   TEXT NOT NULL,
  result       TEXT NOT NULL
) STRICT;
CREATE TABLE findings (
  id          INTEGER PRIMARY KEY,
  analysis_id INTEGER NOT NULL REFERENCES analyses (id),
  finding_id  TEXT NOT NULL,
  detector    TEXT NOT NULL,
  kind        TEXT NOT NULL,
  signal      TEXT NOT NULL,
  entity_id   INTEGER REFERENCES entities (id),
  peer_id     INTEGER REFERENCES entities (id),
  instance_id INTEGER REFERENCES entities (id),
  subject     TEXT NOT NULL,
  start_time  INTEGER NOT NULL,
  end_time    INTEGER NOT NULL,
  effect_size REAL,
  score       REAL NOT NULL,
  baseline    REAL,
  observed    REAL,
  unit        TEXT NOT NULL,
  text        TEXT NOT NULL,
  refs        TEXT NOT NULL
) STRICT;
CREATE INDEX findings_by_analysis ON findings (analysis_id);
CREATE TABLE incidents (
  id          INTEGER PRIMARY KEY,
  analysis_id INTEGER NOT NULL REFERENCES analyses (id),
  incident_id TEXT NOT NULL,
  title       TEXT NOT NULL,
  severity    TEXT NOT NULL,
  start_time  INTEGER NOT NULL,
  end_time    INTEGER NOT NULL,
  alerts      TEXT NOT NULL,
  findings    TEXT NOT NULL,
  entities    TEXT NOT NULL
) STRICT;
CREATE INDEX incidents_by_analysis ON incidents (analysis_id);
CREATE TABLE hypotheses (
  id           INTEGER PRIMARY KEY,
  incident_row INTEGER NOT NULL REFERENCES incidents (id),
  rank         INTEGER NOT NULL,
  entity_id    INTEGER REFERENCES entities (id),
  fault_kind   TEXT NOT NULL,
  change_row   INTEGER REFERENCES changes (id),
  score        REAL NOT NULL,
  confidence   REAL NOT NULL,
  summary      TEXT NOT NULL,
  disproved_by TEXT NOT NULL
) STRICT;
CREATE INDEX hypotheses_by_incident ON hypotheses (incident_row);
CREATE TABLE evidence (
  id            INTEGER PRIMARY KEY,
  hypothesis_id INTEGER NOT NULL REFERENCES hypotheses (id),
  stance        TEXT NOT NULL,
  signal        TEXT NOT NULL,
  text          TEXT NOT NULL,
  weight        REAL NOT NULL,
  refs          TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_by_hypothesis ON evidence (hypothesis_id);

CREATE TABLE notes (
  id           INTEGER PRIMARY KEY,
  created_time INTEGER NOT NULL,
  author       TEXT NOT NULL,
  text         TEXT NOT NULL,
  anchor_time  INTEGER,
  entity_id    INTEGER REFERENCES entities (id),
  anchor_ref   TEXT
) STRICT;
`;
