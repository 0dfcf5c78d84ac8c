/**
 * Rows without a time of their own stand at the time of their file: how many a file has, and what its other rows cover
 * (NULL = there are none), so that the modification time of a file does not stretch the time axis of a case.
 */
export const sql = /* sql */ `
ALTER TABLE source_files ADD COLUMN undated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_files ADD COLUMN dated_first_time INTEGER;
ALTER TABLE source_files ADD COLUMN dated_last_time INTEGER;
UPDATE source_files SET dated_first_time = first_time, dated_last_time = last_time;
`;
