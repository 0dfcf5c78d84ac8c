/** An entity of a column (`service:cart`) by the name it may be shown under. */
import { ENTITY_TYPES } from '../../../shared/model/entity.ts';
import type { EntityRef } from '../../../shared/model/entity.ts';
import { EntityName } from '../../ui/entity-mark.tsx';

export function entityOfKey(key: string): EntityRef | null {
  const colon = key.indexOf(':');
  const type = ENTITY_TYPES.find((known) => known === key.slice(0, colon));
  const name = key.slice(colon + 1);
  return type && name !== '' ? { type, name } : null;
}

export function EntityText({ entityKey }: { readonly entityKey: string }) {
  const entity = entityOfKey(entityKey);
  return entity ? <EntityName entity={entity} /> : <span className="text-3">–</span>;
}
