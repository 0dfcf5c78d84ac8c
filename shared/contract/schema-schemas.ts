/** Schemas of the help beside the SQL console, and of the rendered report. */
import { z } from 'zod';

export const databaseSchema = z.strictObject({
  /** Views first: they are the documented surface. */
  tables: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['view', 'table']),
      description: z.string(),
      columns: z.array(z.strictObject({ name: z.string(), type: z.string(), description: z.string() })),
    }),
  ),
});

export const reportRequest = z.strictObject({
  /** The investigation as `faultline investigate --report` writes it, or the draft of a post-mortem. */
  kind: z.enum(['investigation', 'postMortem']).default('investigation'),
  format: z.enum(['markdown', 'html', 'json']),
  /** Entities appear as the same pseudonym throughout. */
  maskNames: z.boolean().default(false),
});
export const reportText = z.strictObject({ text: z.string() });
