/** An entity of a column (`service:cart`) by the name it may be shown under. */
import { entityOfKey } from '../../stores/entity-of-key.ts';
import { EntityName } from '../../ui/entity-mark.tsx';

export function EntityText({ entityKey }: { readonly entityKey: string }) {
  const entity = entityOfKey(entityKey);
  return entity ? <EntityName entity={entity} /> : <span className="text-3">–</span>;
}
