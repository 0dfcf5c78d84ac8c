/** Schemas of what people add to a case: notes, verdicts on hypotheses, settings. */
import { z } from 'zod';
import { FAULT_KINDS } from '../model/analysis-result.ts';
import type { Evidence, Hypothesis, Incident } from '../model/analysis-result.ts';
import { evidenceFields, hypothesisFields, incidentFields, signalKind } from './analysis-schemas.ts';
import { entityRef, revision, unixNano } from './model-schemas.ts';

const author = z.string().max(200);
const text = z.string().min(1).max(100_000);
const noteId = z.number().int().positive();
export const NOTE_KINDS = ['note', 'decision', 'action'] as const;

const noteContent = {
  author,
  text,
  /** The moment it speaks about. */
  anchorTime: unixNano.nullable(),
  entity: entityRef.nullable(),
  /** What it is pinned to: a row (`span:12`), an incident, a hypothesis. */
  anchorRef: z.string().max(1_000).nullable(),
  kind: z.enum(NOTE_KINDS),
};
export const note = z.strictObject({ id: noteId, createdTime: unixNano, ...noteContent });
/** Oldest first. */
export const noteList = z.strictObject({ notes: z.array(note) });
export const newNote = z.strictObject({
  author: author.default(''),
  text,
  anchorTime: noteContent.anchorTime.default(null),
  entity: noteContent.entity.default(null),
  anchorRef: noteContent.anchorRef.default(null),
  kind: noteContent.kind.default('note'),
});
/** Parts left out stay. */
export const changedNote = z.strictObject({
  id: noteId,
  author: noteContent.author.optional(),
  text: text.optional(),
  anchorTime: noteContent.anchorTime.optional(),
  entity: noteContent.entity.optional(),
  anchorRef: noteContent.anchorRef.optional(),
  kind: noteContent.kind.optional(),
});
export const noteRef = z.strictObject({ id: noteId });
export const storedNote = z.strictObject({ note, revision });

/** A hypothesis by what it says, not by its place: it is found again when the case is analysed anew. */
const judged = {
  entity: entityRef,
  faultKind: z.enum(FAULT_KINDS),
  /** `id` of the hypothesis' change; null when it blames none. */
  changeId: z.string().max(4_096).nullable(),
};
const opinion = { verdict: z.enum(['confirmed', 'rejected']), by: author, reason: z.string().max(10_000) };
export const judgeRequest = z.strictObject({
  incidentId: z.string().min(1).max(200),
  ...judged,
  /** 'none' takes an earlier verdict back. */
  verdict: z.enum(['confirmed', 'rejected', 'none']),
  by: author.default(''),
  reason: z.string().max(10_000).default(''),
});
export const judgement = z.strictObject({ incidentId: z.string(), ...judged, ...opinion, time: unixNano });
export const judgementList = z.strictObject({ judgements: z.array(judgement) });

/** Strikes evidence out of the ledger of an entity, by what it says; false takes that back. */
export const strikeRequest = z.strictObject({
  entity: entityRef,
  signal: signalKind,
  text: z.string().min(1).max(100_000),
  isStruck: z.boolean(),
  by: author.default(''),
});

/** What a person said about a hypothesis. It is no input of the analysis; the shares of the incident follow it. */
const verdict = z.strictObject({ ...opinion, time: unixNano });
const strike = z.strictObject({ by: author, time: unixNano });
/** As the analysis ranked it, before people said anything. */
const original = z.strictObject({
  rank: hypothesisFields.rank,
  score: hypothesisFields.score,
  confidence: hypothesisFields.confidence,
});
export type JudgedEvidence = Evidence & { readonly strike: z.infer<typeof strike> | null };
export type JudgedHypothesis = Omit<Hypothesis, 'evidence' | 'basis'> & {
  readonly evidence: readonly JudgedEvidence[];
  readonly judgement: z.infer<typeof verdict> | null;
  readonly original: z.infer<typeof original>;
};
export type JudgedIncident = Omit<Incident, 'hypotheses' | 'basis'> & {
  readonly hypotheses: readonly JudgedHypothesis[];
};
/** An incident whose hypotheses carry what people said about them, and are ranked by it. */
export const judgedIncident: z.ZodType<JudgedIncident> = z.strictObject({
  ...incidentFields,
  hypotheses: z.array(
    z.strictObject({
      ...hypothesisFields,
      evidence: z.array(z.strictObject({ ...evidenceFields, strike: strike.nullable() })),
      judgement: verdict.nullable(),
      original,
    }),
  ),
});

const settingKey = z.string().min(1).max(200);
export const settingRef = z.strictObject({ key: settingKey });
export const settingValue = z.strictObject({ json: z.string().nullable() });
/** null removes the setting. */
export const newSetting = z.strictObject({ key: settingKey, json: z.string().max(1_048_576).nullable() });
