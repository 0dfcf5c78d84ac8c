/**
 * Column blocks: what views of a case sum over, a second time and packed, so that a thread reads five million rows in
 * well under a second. A block holds the columns of rows `first_row` to `last_row` (no gaps) as little-endian arrays one
 * after the other (`storage/column-blocks.ts`); it is written in the transaction that stores its rows. Whoever takes rows
 * out drops the signal's blocks and raises its generation; rows that no block covers are read from their table.
 *
 * Also what people add: the kind of a note, verdicts on hypotheses, settings.
 */
export const sql = /* sql */ `
CREATE TABLE column_blocks (
  id        INTEGER PRIMARY KEY,
  signal    TEXT NOT NULL CHECK (signal IN ('spans', 'logs', 'points', 'callers')),
  first_row INTEGER NOT NULL,
  last_row  INTEGER NOT NULL,
  columns   BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX column_blocks_by_row ON column_blocks (signal, last_row);
CREATE TABLE column_state (
  signal     TEXT PRIMARY KEY,
  generation INTEGER NOT NULL
) STRICT;
INSERT INTO column_state VALUES ('spans', 0), ('logs', 0), ('points', 0), ('callers', 0);

ALTER TABLE notes ADD COLUMN kind TEXT NOT NULL DEFAULT 'note' CHECK (kind IN ('note', 'decision', 'action'));
CREATE TABLE judgements (
  entity_type TEXT NOT NULL,
  entity_name TEXT NOT NULL,
  fault_kind  TEXT NOT NULL,
  change_id   TEXT NOT NULL,
  incident_id TEXT NOT NULL,
  verdict     TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected')),
  author      TEXT NOT NULL,
  reason      TEXT NOT NULL,
  time        INTEGER NOT NULL,
  PRIMARY KEY (entity_type, entity_name, fault_kind, change_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE settings (
  key          TEXT PRIMARY KEY,
  json         TEXT NOT NULL,
  changed_time INTEGER NOT NULL
) STRICT;
`;
