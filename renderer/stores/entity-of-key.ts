/** `service:cart` of a column as an entity; null where there is none. */
import { ENTITY_TYPES } from '../../shared/model/entity.ts';
import type { EntityRef } from '../../shared/model/entity.ts';

export function entityOfKey(key: string): EntityRef | null {
  const colon = key.indexOf(':');
  const type = ENTITY_TYPES.find((known) => known === key.slice(0, colon));
  const name = key.slice(colon + 1);
  return type && name !== '' ? { type, name } : null;
}
