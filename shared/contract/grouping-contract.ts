/** Procedures of what people decide about which signals are one incident. */
import { z } from 'zod';
import { jobId, nothing, revision, unixNano } from './model-schemas.ts';
import { command, query } from './procedure.ts';

const by = z.string().max(200).default('');
const incidentId = z.string().min(1).max(200);
const alerts = z.array(z.number().int().positive()).min(1).max(1_000_000);
const groupingId = z.number().int().positive();

const splitRequest = z.strictObject({
  incidentId,
  /** Row ids of the alerts that become an incident of their own. */
  alerts,
  by,
});
const mergeRequest = z.strictObject({ incidentIds: z.array(incidentId).min(2).max(100), by });
const moveRequest = z.strictObject({ incidentId, alerts, toIncidentId: incidentId, by });
const groupingChange = z.strictObject({ ids: z.array(groupingId).min(1).max(100), isActive: z.boolean() });
/** The analysis that follows from it, and the groupings by which it can be taken back. */
const regrouped = z.strictObject({ ids: z.array(groupingId), jobId, revision });

/** In the order decided, those taken back included. */
const groupingList = z.strictObject({
  groupings: z.array(
    z.strictObject({
      id: groupingId,
      kind: z.enum(['together', 'apart']),
      memberCount: z.number().int(),
      otherCount: z.number().int(),
      by: z.string(),
      time: unixNano,
      isActive: z.boolean(),
      /** The other half of a pin: apart from what was left, together with the new incident. Both are taken back at once. */
      pairId: groupingId.nullable(),
    }),
  ),
});

export const groupingProcedures = {
  'grouping.list': query({
    scope: 'viewer',
    summary: 'What people decided about which alerts and findings are one incident.',
    input: nothing,
    output: groupingList,
  }),
  'grouping.split': command({
    scope: 'operator',
    summary: 'Makes alerts of an incident one of their own; the case is analysed anew with that.',
    input: splitRequest,
    output: regrouped,
  }),
  'grouping.merge': command({
    scope: 'operator',
    summary: 'Makes incidents one; the case is analysed anew with that.',
    input: mergeRequest,
    output: regrouped,
  }),
  'grouping.move': command({
    scope: 'operator',
    summary: 'Pins alerts of one incident to another; the case is analysed anew with that.',
    input: moveRequest,
    output: regrouped,
  }),
  'grouping.set': command({
    scope: 'operator',
    summary: 'Takes groupings back, or decides them again; the case is analysed anew.',
    input: groupingChange,
    output: regrouped,
  }),
} as const;
