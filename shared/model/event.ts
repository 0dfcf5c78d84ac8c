import type { EntityRef } from './entity.ts';
import type { Attributes } from './resource.ts';
import type { UnixNano } from './time.ts';

/** Something a platform reported: Kubernetes event, restart, scaling decision. `count` > 1 means an interval, not a point. */
export interface PlatformEvent {
  readonly externalId: string;
  /** `OOMKilled`, `BackOff`, `FailedScheduling` … */
  readonly reason: string;
  readonly message: string;
  readonly severity: 'normal' | 'warning' | 'error';
  readonly startTime: UnixNano;
  readonly endTime: UnixNano;
  readonly count: number;
  /** True where the object carried no time and the file's time stands in. */
  readonly isTimeInferred: boolean;
  readonly entities: readonly EntityRef[];
  readonly attributes: Attributes;
}
