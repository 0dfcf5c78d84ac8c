/**
 * What a person decided about which signals are one incident. Correlation honours it when it groups, so titles, causes and
 * figures are computed from the groups as decided, never patched afterwards.
 */
import { entityKey, type EntityRef } from './entity.ts';
import type { UnixNano } from './time.ts';

/** An alert or a finding by what it says, so that it is found again in another analysis of the same case. */
export type SignalKey = string;

export function alertKey(externalId: string, startTime: UnixNano): SignalKey {
  return `alert:${startTime}:${externalId}`;
}
export function findingKey(kind: string, entity: EntityRef | null, subject: string): SignalKey {
  return `finding:${kind}|${entity ? entityKey(entity) : ''}|${subject}`;
}

export interface Grouping {
  readonly id: number;
  /** `together`: members and others are one incident. `apart`: each of the two is one, and they are not the same. */
  readonly kind: 'together' | 'apart';
  readonly members: readonly SignalKey[];
  readonly others: readonly SignalKey[];
  /** Name of the person; '' = not given. */
  readonly by: string;
  readonly time: UnixNano;
}
export interface KeptGrouping extends Grouping {
  /** False once it was taken back; it is then no input of the analysis. */
  readonly isActive: boolean;
}
