/** What a person saves while an import runs is stored at once, also between the steps that end it. */
import { expect, it } from 'vitest';
import { createEngine } from '../../shared/engine/engine.ts';
import { generateLogs, generateTraces } from '../perf/generate-otlp.ts';
import { useTemporaryFolder } from './temporary-case.ts';

const temporary = useTemporaryFolder();

it.each(['indexing', 'full text'])('a setting is saved while the stage is still %s', async (stage) => {
  const paths = [
    generateTraces(temporary('traces.jsonl'), 4e6, 'save').path,
    generateLogs(temporary('logs.jsonl'), 12e6, 'save').path,
  ];
  const engine = await createEngine({ caseFile: temporary('saved.case') });
  try {
    const order: string[] = [];
    const { promise: saved, resolve } = Promise.withResolvers<void>();
    let isAsked = false;
    engine.onProgress((progress) => {
      if (progress.stage !== order.at(-1)) order.push(progress.stage);
      if (progress.stage !== stage || isAsked) return;
      isAsked = true;
      resolve(engine.setSetting('place', '1').then(() => void order.push('saved')));
    });
    const { result } = await engine.import({ paths });
    await result;
    await saved;
    expect(order).toContain('done');
    expect(order.slice(0, order.indexOf('done'))).toContain('saved');
  } finally {
    await engine.close();
  }
});
