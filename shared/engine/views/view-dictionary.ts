/**
 * Entities and resources of a case by id, as views need them; grows with the case. When rows were taken out of the case,
 * ids may stand for something else: everything is then read again.
 */
import type { EntityRef, EntityType } from '../../model/entity.ts';
import type { CaseDatabase } from '../storage/case-database.ts';
import { generationSum } from '../storage/statements/column-blocks.ts';
import { entitiesAfter, resourcesAfter } from '../storage/statements/view-reads.ts';

export class ViewDictionary {
  #entities: (EntityRef | undefined)[] = [];
  readonly #ids = new Map<string, number>();
  #entityOf = new Int32Array(16);
  #instanceOf = new Int32Array(16);
  #lastEntity = 0;
  #lastResource = 0;
  #generation = -1;

  /** Reads what was added. */
  refresh(database: CaseDatabase): void {
    const generation = generationSum(database);
    if (generation !== this.#generation) this.#clear();
    this.#generation = generation;
    for (const { id, type, name } of entitiesAfter(database, this.#lastEntity)) {
      this.#entities[id] = { type: type as EntityType, name };
      this.#ids.set(`${type}:${name}`, id);
      this.#lastEntity = id;
    }
    for (const { id, entityId, instanceId } of resourcesAfter(database, this.#lastResource)) {
      this.#entityOf = withRoom(this.#entityOf, id);
      this.#instanceOf = withRoom(this.#instanceOf, id);
      this.#entityOf[id] = entityId;
      this.#instanceOf[id] = instanceId;
      this.#lastResource = id;
    }
  }

  #clear(): void {
    this.#entities = [];
    this.#ids.clear();
    this.#entityOf = new Int32Array(16);
    this.#instanceOf = new Int32Array(16);
    this.#lastEntity = 0;
    this.#lastResource = 0;
  }

  /** Exclusive upper bound of entity ids. */
  get entityLimit(): number {
    return this.#lastEntity + 1;
  }
  get resourceLimit(): number {
    return this.#lastResource + 1;
  }
  entity(id: number): EntityRef | undefined {
    return this.#entities[id];
  }
  /** 0 = the case has no such entity. */
  idOf({ type, name }: EntityRef): number {
    return this.#ids.get(`${type}:${name}`) ?? 0;
  }
  /** Entity id by resource id; 0 = none. Longer than `resourceLimit`. */
  get entityOfResource(): Int32Array {
    return this.#entityOf;
  }
  get instanceOfResource(): Int32Array {
    return this.#instanceOf;
  }
}

function withRoom(array: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  if (index < array.length) return array;
  const longer = new Int32Array(Math.max(index + 1, array.length * 2));
  longer.set(array);
  return longer;
}
