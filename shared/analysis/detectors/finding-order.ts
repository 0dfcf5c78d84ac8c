import type { Finding } from '../../model/finding.ts';

/** The order detectors give findings in: entity, peer, subject, kind. */
export function byEntityAndSubject(a: Finding, b: Finding): number {
  return (
    a.entity - b.entity ||
    (a.peer ?? -1) - (b.peer ?? -1) ||
    (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0) ||
    (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0) ||
    a.onsetNs - b.onsetNs
  );
}
