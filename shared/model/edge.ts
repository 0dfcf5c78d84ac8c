import type { EntityRef } from './entity.ts';
import type { Attributes } from './resource.ts';

/**
 * `calls`: from is the caller, to the callee (database and queue included). `partOf`: instance of a service, service of
 * a namespace. `runsOn`: instance on a node. `owns`: Kubernetes owner reference. `sameAs`: one entity under two names.
 */
export type EdgeKind = 'calls' | 'partOf' | 'runsOn' | 'owns' | 'sameAs';
/** Where an edge was learnt from. */
export type EdgeProvenance =
  'spans' | 'kubernetes' | 'configuration' | 'alerts' | 'flows' | 'logs' | 'metrics' | 'hand';

export interface DeclaredEdge {
  readonly edgeKind: EdgeKind;
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly provenance: EdgeProvenance;
  readonly attributes: Attributes;
}

/** An entity that a record declares outright (a Kubernetes object, a catalogue entry), with what is known of it. */
export interface DeclaredEntity {
  readonly ref: EntityRef;
  readonly attributes: Attributes;
  /** Other names of the same entity. */
  readonly aliases: readonly string[];
}
