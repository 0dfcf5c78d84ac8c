/**
 * How long the name of an entity may be. Names stand in addresses, titles, tables and messages; a hostile or broken
 * exporter writes one of 10 kB. What is cut stays in full in the attributes of the resource that said it.
 */
import { hashString64, hexOfHash64 } from '../base/hash64.ts';

/** In UTF-16 units. What DNS and Kubernetes allow (253) fits; of longer ids of cloud resources the beginning is told. */
export const MAX_ENTITY_NAME_LENGTH = 256;

/** The name, or its beginning, an ellipsis and a hash of the whole: different names stay different. */
export function boundedEntityName(name: string): string {
  if (name.length <= MAX_ENTITY_NAME_LENGTH) return name;
  const mark = `…${hexOfHash64(hashString64(name))}`;
  // A character of two units is kept whole or not at all.
  const beginning = name.slice(0, MAX_ENTITY_NAME_LENGTH - mark.length).replace(/[\uD800-\uDBFF]$/, '');
  return beginning + mark;
}
