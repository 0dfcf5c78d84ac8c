/** The questions that the console offers are statements the case answers. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startersFor, STARTER_QUERIES } from '../../../../renderer/features/query/starter-queries.ts';
import { createEngine } from '../../../../shared/engine/engine.ts';
import type { Engine } from '../../../../shared/engine/engine-interface.ts';
import { useTemporaryFolder } from '../../../storage/temporary-case.ts';

const DEMO = fileURLToPath(new URL('../../../../build/demo/errors-after-deploy/bundle.tar.gz', import.meta.url));
const temporary = useTemporaryFolder();
let engine: Engine;
beforeAll(async () => {
  const broken = temporary('broken.jsonl');
  writeFileSync(
    broken,
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"zz","name":"x"}]}]}]}\n{"resourceSpans": [\n',
  );
  engine = await createEngine({ caseFile: temporary('demo.case') });
  await (
    await engine.import({ paths: [DEMO, broken] })
  ).result;
}, 60_000);
afterAll(() => engine.close());

it.each(STARTER_QUERIES)('$question', { timeout: 30_000 }, async ({ sql }) => {
  let rows = 0;
  for await (const { rowCount } of engine.query({ sql })) rows += rowCount;
  expect(rows).toBeGreaterThan(0);
});

it('only what the case holds is asked about', () => {
  expect(startersFor({ alerts: 3, spans: 0 }).map(({ about }) => about)).toEqual(['alerts']);
  expect(startersFor({})).toEqual([]);
});
