/** The alerts of an incident, duplicates folded under the first of their kind, as the lines of a list. Pure. */
import type { Incident } from '../../../shared/model/analysis-result.ts';

export interface AlertLine {
  readonly rowId: number;
  /** Alerts folded under it; 0 for members and for alerts that came alone. */
  readonly foldedCount: number;
  readonly isMember: boolean;
  readonly isOpen: boolean;
}

export interface AlertGroups {
  /** Leads in the order of the incident. */
  readonly leads: readonly { readonly id: string; readonly rowId: number; readonly members: readonly number[] }[];
  /** By row id of the lead. */
  readonly membersOf: ReadonlyMap<number, readonly number[]>;
  readonly alertCount: number;
}

/** Linear in the alerts. A member whose lead is missing stands for itself. */
export function groupAlerts(alerts: Incident['alerts']): AlertGroups {
  const membersOf = new Map<string, number[]>();
  const leadIds = new Set(alerts.filter(({ foldedInto }) => foldedInto === null).map(({ id }) => id));
  const leads: { id: string; rowId: number; members: number[] }[] = [];
  for (const { id, rowId, foldedInto } of alerts) {
    if (foldedInto !== null && leadIds.has(foldedInto)) {
      const members = membersOf.get(foldedInto) ?? [];
      members.push(rowId);
      membersOf.set(foldedInto, members);
    } else leads.push({ id, rowId, members: [] });
  }
  // Of several alerts with one id the first is the lead they fold into.
  const taken = new Set<string>();
  const filled = leads.map((lead) => {
    if (taken.has(lead.id)) return lead;
    taken.add(lead.id);
    return { ...lead, members: membersOf.get(lead.id) ?? [] };
  });
  const byLead = new Map(filled.map(({ rowId, members }) => [rowId, members]));
  return { leads: filled, membersOf: byLead, alertCount: alerts.length };
}

/** Leads, largest group first, with the members of the opened ones under them. */
export function alertLines({ leads }: AlertGroups, opened: ReadonlySet<number>): readonly AlertLine[] {
  const lines: AlertLine[] = [];
  const ordered = [...leads].sort(
    (left, right) => right.members.length - left.members.length || left.rowId - right.rowId,
  );
  for (const { rowId, members } of ordered) {
    const isOpen = opened.has(rowId) && members.length > 0;
    lines.push({ rowId, foldedCount: members.length, isMember: false, isOpen });
    if (!isOpen) continue;
    for (const member of members) lines.push({ rowId: member, foldedCount: 0, isMember: true, isOpen: false });
  }
  return lines;
}
