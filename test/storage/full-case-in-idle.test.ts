/** A case with no room left for what an earlier import did not finish can still be opened, read and asked for changes. */
import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createEngine } from '../../shared/engine/engine.ts';
import { openCaseForWriting } from '../../shared/engine/storage/case-database.ts';
import { generateLogs } from '../perf/generate-otlp.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();

it('keeps its writer when indexes no longer fit', async () => {
  const caseFile = temporary('full.case');
  const { path } = generateLogs(temporary('logs.jsonl'), 4e6, 'full in idle');
  const first = await createEngine({ caseFile });
  await (
    await first.import({ paths: [path] })
  ).result;
  await first.close();
  const database = openCaseForWriting(caseFile);
  database.exec('DROP INDEX log_records_by_time; DROP INDEX log_records_by_template; VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();

  const engine = await createEngine({ caseFile, maxCaseBytes: statSync(caseFile).size });
  try {
    for (let attempt = 0; attempt < 200; attempt++)
      await expect(engine.setGroupingActive(99, true)).rejects.toMatchObject({ code: 'not_found' });
  } finally {
    await engine.close();
  }
});
