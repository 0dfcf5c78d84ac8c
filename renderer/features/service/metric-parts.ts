/** What this view shows of metrics. The app hands it in, since features do not know each other. */
import type { ComponentType } from 'react';
import type { EntityRef } from '../../../shared/model/entity.ts';
import type { ChangeMark } from '../../charts/draw-axes.ts';
import type { EffectiveRange } from '../../stores/effective-range.ts';

export interface MetricWindow {
  readonly from: bigint;
  readonly to: bigint;
}

export interface MetricParts {
  /** All metrics, searched and compared. */
  readonly Browser: ComponentType<{
    readonly entity: EntityRef | null;
    readonly range: EffectiveRange;
    readonly baseline: MetricWindow | null;
    readonly isTable: boolean;
  }>;
  /** One metric of one entity. */
  readonly Panel: ComponentType<{
    readonly name: string;
    readonly unit: string;
    readonly entity: EntityRef | null;
    readonly range: EffectiveRange;
    readonly baseline: MetricWindow | null;
    readonly compared: MetricWindow | null;
    readonly changes: readonly ChangeMark[];
    readonly isTable: boolean;
  }>;
}
