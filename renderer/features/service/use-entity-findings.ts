/** Findings about one entity (or one of its calls or instances) that overlap a range, worst first. */
import { useMemo } from 'react';
import type { FindingSummary } from '../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { useQuery } from '../../client/use-query.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';

export function useEntityFindings(entity: EntityRef, range: EffectiveRange): readonly FindingSummary[] {
  const findings = useQuery('finding.list', {}).data?.findings;
  const key = entityKey(entity);
  return useMemo(
    () =>
      (findings ?? [])
        .filter((finding) => [finding.entity, finding.instance].some((one) => one !== null && entityKey(one) === key))
        .filter(({ start, end }) => start <= range.to && end >= range.from)
        .toSorted((left, right) => right.score - left.score),
    [findings, key, range],
  );
}
