/**
 * What people decide about an answer: evidence struck out of a cause's ledger, and which signals belong together or apart.
 * A strike belongs to what the line says about its entity, so it is found again after the case was analysed anew. A
 * grouping names its signals by what they say as well (`model/grouping.ts`): rows may get other ids when a file is read
 * another way. One that was taken back stays, inactive, so that redo restores exactly what was undone.
 */
export const sql = /* sql */ `
CREATE TABLE strikes (
  entity_type TEXT NOT NULL,
  entity_name TEXT NOT NULL,
  signal      TEXT NOT NULL,
  text        TEXT NOT NULL,
  author      TEXT NOT NULL,
  time        INTEGER NOT NULL,
  PRIMARY KEY (entity_type, entity_name, signal, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE groupings (
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL CHECK (kind IN ('together', 'apart')),
  members   TEXT NOT NULL CHECK (json_valid(members)),
  others    TEXT NOT NULL CHECK (json_valid(others)),
  is_active INTEGER NOT NULL,
  author    TEXT NOT NULL,
  time      INTEGER NOT NULL
) STRICT;
`;
