/** The tag above the cause: what happened to it, which revision, when. `deployed 2.42.0 · 14:01:52` */
import type { ChangeSummary } from '../../../shared/model/analysis-result.ts';
import type { ChangeKind } from '../../../shared/model/change-event.ts';
import { clockText } from '../../stores/time-format.ts';
import type { Zone } from '../../stores/preferences.ts';

export const CHANGE_VERBS: Readonly<Record<ChangeKind, string>> = {
  deployment: 'deployed',
  configuration: 'configured',
  feature_flag: 'flag changed',
  scaling: 'scaled',
  infrastructure: 'infrastructure changed',
  certificate: 'certificate changed',
  quota: 'quota changed',
  schedule: 'scheduled run',
  commit: 'committed',
  pipeline: 'pipeline ran',
  other: 'changed',
};
/** A full hash says no more than its first seven digits. */
const HASH = /^[0-9a-f]{8,64}$/i;
const LONGEST_REVISION = 14;

export function changeTag(change: ChangeSummary, shownText: (text: string) => string, zone: Zone): string {
  const revision = change.revision ?? '';
  const short = HASH.test(revision) ? revision.slice(0, 7) : revision.length <= LONGEST_REVISION ? revision : '';
  return `${CHANGE_VERBS[change.changeKind]}${short === '' ? '' : ` ${shownText(short)}`} · ${clockText(change.time, zone)}`;
}
