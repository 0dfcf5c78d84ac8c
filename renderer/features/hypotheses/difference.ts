/** What tells two causes apart: the symptoms only one explains, and each one's evidence by stance. Pure. */
import type { Evidence, Hypothesis } from '../../../shared/model/analysis-result.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { entityKey } from '../../../shared/model/entity.ts';
import { byStance } from '../../../shared/report/evidence-lines.ts';

type Compared = Pick<Hypothesis, 'explains' | 'evidence'>;

export interface Side {
  readonly explainsAlone: readonly EntityRef[];
  readonly supports: readonly Evidence[];
  readonly contradicts: readonly Evidence[];
  readonly missing: readonly Evidence[];
}

export interface Difference {
  readonly left: Side;
  readonly right: Side;
  /** Explained by both. */
  readonly shared: readonly EntityRef[];
}

export function differenceOf(left: Compared, right: Compared): Difference {
  const byRight = new Set(right.explains.map(entityKey));
  return {
    left: sideOf(left, right),
    right: sideOf(right, left),
    shared: left.explains.filter((entity) => byRight.has(entityKey(entity))),
  };
}

function sideOf(own: Compared, other: Compared): Side {
  const others = new Set(other.explains.map(entityKey));
  return {
    explainsAlone: own.explains.filter((entity) => !others.has(entityKey(entity))),
    supports: byStance(own.evidence, 'supports'),
    contradicts: byStance(own.evidence, 'contradicts'),
    missing: byStance(own.evidence, 'missing'),
  };
}
