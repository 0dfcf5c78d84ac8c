import type { EntityRef } from './entity.ts';
import type { Attributes } from './resource.ts';
import type { UnixNano } from './time.ts';

export const CHANGE_KINDS = [
  'deployment',
  'configuration',
  'feature_flag',
  'scaling',
  'infrastructure',
  'certificate',
  'quota',
  'schedule',
  'commit',
  'pipeline',
  'other',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
export type ChangeStatus = 'started' | 'succeeded' | 'failed' | 'rolled_back' | 'unknown';

/** Something a person or a machine changed. */
export interface ChangeEvent {
  /** Id at the sender: deployment id, commit sha, run id. '' never. */
  readonly externalId: string;
  readonly changeKind: ChangeKind;
  readonly title: string;
  readonly status: ChangeStatus;
  readonly startTime: UnixNano;
  readonly endTime?: UnixNano | undefined;
  readonly entities: readonly EntityRef[];
  /** Version, commit sha or configuration key that became active. */
  readonly revision?: string | undefined;
  readonly author?: string | undefined;
  /** Message, diff, changed files: what a person would read. May be long. */
  readonly description?: string | undefined;
  readonly attributes: Attributes;
  readonly sourceUrl?: string | undefined;
}
