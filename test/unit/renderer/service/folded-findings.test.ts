import { expect, test } from 'vitest';
import { foldedFindings } from '../../../../renderer/features/service/folded-findings.ts';
import type { FindingSummary } from '../../../../shared/model/analysis-result.ts';

function finding(id: string, subject: string, effectSize: number): FindingSummary {
  return {
    id,
    detector: 'metric-shift',
    kind: 'metric_shift_up',
    subject,
    effectSize,
    refs: [`series:${id}`],
  } as never;
}

test('findings that say the same of several instances are told once, by the strongest, and open the rows of all', () => {
  const folded = foldedFindings([finding('1', 'cpu', 2), finding('2', 'heap', 9), finding('3', 'cpu', 7)]);
  expect(folded.map(({ finding: { id }, alikeCount, refs }) => [id, alikeCount, refs])).toEqual([
    ['3', 1, ['series:3', 'series:1']],
    ['2', 0, ['series:2']],
  ]);
});
