/**
 * The dictionaries of a case, kept in the writer's memory so that a row costs an array look-up. They mirror tables; after
 * a rollback they are thrown away and read anew. Nothing here grows with the number of rows, only with distinct values.
 */
import type { DeclaredEntity, EdgeProvenance } from '../../model/edge.ts';
import { entityKey, type EntityRef } from '../../model/entity.ts';
import type { MetricSeriesKey } from '../../model/metric.ts';
import type { AttributeValue, Attributes, Resource } from '../../model/resource.ts';
import { boundedEntityName } from '../../semconv/entity-name.ts';
import { canonicalJson } from './canonical-json.ts';
import type { CaseDatabase } from './case-database.ts';
import * as rows from './statements/dictionaries.ts';
import { insertEdge } from './statements/objects.ts';
import { TraceDictionary } from './trace-dictionary.ts';

export interface KnownResource {
  readonly id: number;
  readonly entityId: number | null;
  /** A number that stands for the sender: the entity, or the resource itself (negative) when it names none. */
  readonly ownerId: number;
}
interface KnownEntity {
  readonly id: number;
  isInstrumented: boolean;
  attributes: Attributes;
}

export class CaseDictionaries {
  readonly traces: TraceDictionary;
  readonly #database: CaseDatabase;
  readonly #entities = new Map<string, KnownEntity>();
  readonly #names = new Map<string, number>();
  readonly #resources = new Map<string, KnownResource>();
  readonly #templates = new Map<string, number>();
  readonly #series = new Map<string, number>();
  /** The last resources and series as they came, which spares putting their attributes in order. */
  readonly #recentResources = new RecentKeys<KnownResource>();
  readonly #recentSeries = new RecentKeys<number>();
  #changes = 0;
  readonly #insertEntity;
  readonly #updateEntity;
  readonly #insertAlias;
  readonly #insertResource;
  readonly #insertName;
  readonly #insertTemplate;
  readonly #insertSeries;
  readonly #insertEdge;

  constructor(database: CaseDatabase) {
    this.#database = database;
    this.#insertEntity = rows.insertEntity(database);
    this.#updateEntity = rows.updateEntity(database);
    this.#insertAlias = rows.insertAlias(database);
    this.#insertResource = rows.insertResource(database);
    this.#insertName = rows.insertName(database);
    this.#insertTemplate = rows.insertTemplate(database);
    this.#insertSeries = rows.insertSeries(database);
    this.#insertEdge = insertEdge(database);
    this.traces = new TraceDictionary(database);
    this.#load();
  }

  #load(): void {
    for (const { id, type, name, isInstrumented, attributes } of rows.allEntities(this.#database)) {
      this.#entities.set(`${type}:${name}`, {
        id,
        isInstrumented: isInstrumented === 1,
        attributes: attributes === null ? {} : (JSON.parse(attributes) as Attributes),
      });
    }
    for (const { id, text } of rows.allNames(this.#database)) this.#names.set(text, id);
    for (const row of rows.allResources(this.#database)) {
      const key = resourceKey(row.attributes, row.entityId, row.instanceId, row.nodeId);
      this.#resources.set(key, knownResource(row.id, row.entityId));
    }
    for (const { id, templateId } of rows.allTemplates(this.#database)) this.#templates.set(templateId, id);
    for (const row of rows.allSeries(this.#database)) this.#series.set(seriesKey(row), row.id);
  }

  /** Grows with everything added or changed here; equal numbers mean that a rollback takes nothing away from it. */
  get changes(): number {
    return this.#changes + this.traces.size;
  }

  entityId(ref: EntityRef): number {
    return this.#entity(ref).id;
  }

  nameId(text: string): number {
    let id = this.#names.get(text);
    if (id === undefined) {
      this.#changes++;
      id = this.#insertName(text);
      this.#names.set(text, id);
    }
    return id;
  }

  templateRow(template: { readonly id: string; readonly text: string; readonly example: string }): number {
    let row = this.#templates.get(template.id);
    if (row === undefined) {
      this.#changes++;
      row = this.#insertTemplate({ templateId: template.id, text: template.text, example: template.example });
      this.#templates.set(template.id, row);
    }
    return row;
  }

  seriesId(key: MetricSeriesKey, resource: KnownResource): number {
    const given = JSON.stringify([resource.id, key.name, key.unit, key.type, key.temporality, key.attributes]);
    return this.#recentSeries.get(given) ?? this.#recentSeries.add(given, this.#seriesId(key, resource));
  }

  #seriesId(key: MetricSeriesKey, resource: KnownResource): number {
    const row = {
      name: key.name,
      unit: key.unit,
      type: key.type,
      temporality: key.temporality,
      attributes: canonicalJson(key.attributes),
      resourceId: resource.id,
      entityId: resource.entityId,
    };
    const text = seriesKey(row);
    let id = this.#series.get(text);
    if (id === undefined) {
      this.#changes++;
      id = this.#insertSeries(row);
      this.#series.set(text, id);
    }
    return id;
  }

  /** Resolves who sent a record: entity, instance and node rows, and the edges a resource itself states. */
  resource(resource: Resource, provenance: EdgeProvenance, sourceFileId: number): KnownResource {
    const given = JSON.stringify(resource);
    return (
      this.#recentResources.get(given) ??
      this.#recentResources.add(given, this.#resource(resource, provenance, sourceFileId))
    );
  }

  #resource(resource: Resource, provenance: EdgeProvenance, sourceFileId: number): KnownResource {
    const entity = resource.entity && this.#entity(resource.entity);
    const instance = resource.instance && this.#entity(resource.instance);
    const node = resource.node && this.#entity(resource.node);
    const attributes = canonicalJson(resource.attributes);
    const ids = [entity?.id ?? null, instance?.id ?? null, node?.id ?? null] as const;
    const key = resourceKey(attributes, ...ids);
    const known = this.#resources.get(key);
    if (known) return known;
    this.#changes++;
    const [entityId, instanceId, nodeId] = ids;
    const created = knownResource(this.#insertResource({ attributes, entityId, instanceId, nodeId }), entityId);
    this.#resources.set(key, created);
    const edge = (kind: string, fromId: number, toId: number): void =>
      void (fromId !== toId && this.#insertEdge({ sourceFileId, kind, fromId, toId, provenance, attributes: null }));
    if (entityId !== null && instanceId !== null) edge('partOf', instanceId, entityId);
    const runner = instanceId ?? entityId;
    if (runner !== null && nodeId !== null) edge('runsOn', runner, nodeId);
    // What a resource says is about its most specific entity: a pod's labels are not the service's.
    this.#instrument(resource.instance ?? resource.entity ?? resource.node, resource.attributes);
    if (resource.instance && resource.entity) this.#instrument(resource.entity, {});
    return created;
  }

  /** A Kubernetes object or catalogue entry: attributes and aliases join what is known. */
  declare(declared: DeclaredEntity, provenance: string): number {
    const { id } = this.#entity(declared.ref);
    this.#merge(declared.ref, declared.attributes, false);
    for (const alias of declared.aliases) this.#insertAlias(id, alias, provenance);
    return id;
  }

  #entity(given: EntityRef): KnownEntity {
    const ref = { type: given.type, name: boundedEntityName(given.name) };
    const key = entityKey(ref);
    let known = this.#entities.get(key);
    if (!known) {
      this.#changes++;
      known = { id: this.#insertEntity(ref), isInstrumented: false, attributes: {} };
      this.#entities.set(key, known);
    }
    return known;
  }

  #instrument(ref: EntityRef | undefined, attributes: Attributes): void {
    if (ref) this.#merge(ref, attributes, true);
  }

  /** First value wins, so that the answer does not depend on how often a later file repeats another. */
  #merge(ref: EntityRef, attributes: Attributes, isInstrumented: boolean): void {
    const known = this.#entity(ref);
    // Without a prototype a hostile key called __proto__ is a key like any other.
    const merged = Object.assign(Object.create(null), known.attributes) as Record<string, AttributeValue>;
    let isChanged = isInstrumented && !known.isInstrumented;
    for (const [name, value] of Object.entries(attributes)) {
      if (Object.hasOwn(merged, name)) continue;
      merged[name] = value;
      isChanged = true;
    }
    if (!isChanged) return;
    this.#changes++;
    known.isInstrumented ||= isInstrumented;
    known.attributes = merged;
    this.#updateEntity(known.id, known.isInstrumented, jsonOrNull(merged));
  }
}

const MAX_RECENT = 1 << 15;

/** A bounded cache: full, it starts anew. */
class RecentKeys<T> {
  readonly #values = new Map<string, T>();

  get(key: string): T | undefined {
    return this.#values.get(key);
  }
  add(key: string, value: T): T {
    if (this.#values.size >= MAX_RECENT) this.#values.clear();
    this.#values.set(key, value);
    return value;
  }
}

export function jsonOrNull(attributes: Attributes): string | null {
  const text = canonicalJson(attributes);
  return text === '{}' ? null : text;
}

function knownResource(id: number, entityId: number | null): KnownResource {
  return { id, entityId, ownerId: entityId ?? -id };
}
function resourceKey(
  attributes: string,
  entityId: number | null,
  instanceId: number | null,
  nodeId: number | null,
): string {
  return `${entityId ?? ''}|${instanceId ?? ''}|${nodeId ?? ''}|${attributes}`;
}
function seriesKey(row: Omit<rows.SeriesRow, 'id'>): string {
  return JSON.stringify([row.name, row.unit, row.type, row.temporality, row.resourceId, row.attributes]);
}
