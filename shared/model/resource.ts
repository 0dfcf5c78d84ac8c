import type { EntityRef } from './entity.ts';

/** Attribute values after OTLP's AnyValue has been unwrapped. Integers beyond 2^53 are kept as decimal text. */
export type AttributeValue =
  string | number | boolean | null | readonly AttributeValue[] | { readonly [key: string]: AttributeValue };
export type Attributes = Readonly<Record<string, AttributeValue>>;

/**
 * Who sent a record. Importers fill `attributes`; the entities follow from them by `semconv/entity-of-resource`, unless
 * the format names them directly.
 */
export interface Resource {
  readonly attributes: Attributes;
  /** The service, database, queue, node … the records are about; undefined when the resource does not say. */
  readonly entity?: EntityRef | undefined;
  /** The copy of it (pod, container, process), when known. */
  readonly instance?: EntityRef | undefined;
  /** The machine it runs on, when known. */
  readonly node?: EntityRef | undefined;
}
