/**
 * What a person decided about which signals are one incident. Correlation honours it when it groups, so titles, causes and
 * figures are computed from the groups as decided, never patched afterwards.
 */
import type { UnixNano } from './time.ts';

/** An alert by its row (`alert:12`), or a finding by what it says (`finding:KIND|type:name|SUBJECT`). */
export type SignalKey = string;

export interface Grouping {
  readonly id: number;
  /** `together`: all members are one incident. `apart`: members are one, others are one, and these two are not the same. */
  readonly kind: 'together' | 'apart';
  readonly members: readonly SignalKey[];
  /** Empty for `together`. */
  readonly others: readonly SignalKey[];
  /** Name of the person; '' = not given. */
  readonly by: string;
  readonly time: UnixNano;
}
export interface KeptGrouping extends Grouping {
  /** False once it was taken back; it is then no input of the analysis. */
  readonly isActive: boolean;
}
