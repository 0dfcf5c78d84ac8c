/** Interns resources while a batch is built: equal attributes and entities get one index. */
import type { Attributes, Resource } from '../model/resource.ts';
import { entityOfResource } from '../semconv/entity-of-resource.ts';

/** Makes a resource: what `override` does not name follows from the attributes. */
export function makeResource(attributes: Attributes, override?: Partial<Resource>): Resource {
  return { attributes, ...entityOfResource(attributes), ...override };
}

export class ResourceTable {
  #byKey = new Map<string, number>();
  #byIdentity = new Map<Resource, number>();
  #resources: Resource[] = [];

  indexOf(attributes: Attributes, override?: Partial<Resource>): number {
    const key = JSON.stringify(override === undefined ? attributes : [attributes, override]);
    let index = this.#byKey.get(key);
    if (index === undefined) {
      index = this.#resources.push(makeResource(attributes, override)) - 1;
      this.#byKey.set(key, index);
    }
    return index;
  }

  indexOfResource(resource: Resource): number {
    let index = this.#byIdentity.get(resource);
    if (index === undefined) {
      index = this.#resources.push(resource) - 1;
      this.#byIdentity.set(resource, index);
    }
    return index;
  }

  take(): readonly Resource[] {
    const resources = this.#resources;
    this.#resources = [];
    this.#byKey = new Map();
    this.#byIdentity = new Map();
    return resources;
  }
}
