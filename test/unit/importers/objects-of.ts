/** The low-volume records of an imported file, flattened, for tests. */
import type { ChangeEvent } from '../../../shared/model/change-event.ts';
import type { DeclaredEdge, DeclaredEntity } from '../../../shared/model/edge.ts';
import type { PlatformEvent } from '../../../shared/model/event.ts';
import type { ImportedFile } from '../../support/import-file.ts';

export function objectsOf(file: ImportedFile): {
  readonly changes: readonly ChangeEvent[];
  readonly events: readonly PlatformEvent[];
  readonly entities: readonly DeclaredEntity[];
  readonly edges: readonly DeclaredEdge[];
} {
  const batches = file.batches.filter((batch) => batch.kind === 'objects');
  return {
    changes: batches.flatMap((batch) => batch.changes ?? []),
    events: batches.flatMap((batch) => batch.events ?? []),
    entities: batches.flatMap((batch) => batch.entities ?? []),
    edges: batches.flatMap((batch) => batch.edges ?? []),
  };
}
