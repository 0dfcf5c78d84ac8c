/**
 * Rewrites every text of a value along its schema. What the schema closes (enumerations, literals, references to rows,
 * numbers, typed arrays) stays; whatever it leaves open is handed over, so a field that is added later is never missed.
 */
import type { z } from 'zod';
import { ENTITY_TYPES } from '../model/entity.ts';
import type { EntityRef } from '../model/entity.ts';
import { StringTable, textColumnsOf } from './columns.ts';

export interface StringVisitor {
  /** `place` = the names of the two innermost fields: `facets.key`; of texts in lists, the list's field. */
  text(text: string, place: string): string;
  /** A key of a record. */
  key(text: string, place: string): string;
  entity(entity: EntityRef): EntityRef;
}

/** What a schema is made of, as far as this walk needs it (zod's `_zod.def`). */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly items?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly getter?: () => z.ZodType;
}

/** Fails with a TypeError on a kind of schema the contract has not used so far: it has to be thought of here. */
export function mapStrings(schema: z.ZodType, value: unknown, visitor: StringVisitor, place = ''): unknown {
  const textColumns = textColumnsOf(schema);
  if (textColumns) return mapColumns(value as ColumnChunk, textColumns, visitor);
  if (value === null || value === undefined) return value;
  const definition = schema._zod.def as unknown as Definition;
  switch (definition.type) {
    case 'object':
      return mapObject(definition.shape ?? {}, value as Fields, visitor, place);
    case 'array':
      return (value as readonly unknown[]).map((item) =>
        mapStrings(definition.element as z.ZodType, item, visitor, place),
      );
    case 'tuple':
      return (value as readonly unknown[]).map((item, index) => {
        const schema = definition.items?.[index];
        return schema ? mapStrings(schema, item, visitor, place) : mapOpen(item, visitor, place);
      });
    case 'record':
      return mapRecord(value as Fields, visitor, place, (item, inner) =>
        mapStrings(definition.valueType as z.ZodType, item, visitor, inner),
      );
    case 'string':
    case 'custom':
    case 'union':
      return mapOpen(value, visitor, place);
    case 'lazy':
      return mapStrings((definition.getter as () => z.ZodType)(), value, visitor, place);
    case 'enum':
    case 'literal':
    case 'number':
    case 'nan':
    case 'boolean':
    case 'bigint':
    case 'null':
      return value;
  }
  if (definition.innerType) return mapStrings(definition.innerType, value, visitor, place);
  throw new TypeError(`mapStrings does not know schemas of the type ${definition.type}.`);
}

type Fields = Readonly<Record<string, unknown>>;

function mapObject(
  shape: Readonly<Record<string, z.ZodType>>,
  value: Fields,
  visitor: StringVisitor,
  place: string,
): Fields {
  const mapped = Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const schema = shape[key];
      const inner = within(place, key);
      // Answers are not checked against the contract in production: what is not declared is as open as a text.
      return [key, schema ? mapStrings(schema, item, visitor, inner) : mapOpen(item, visitor, inner)];
    }),
  );
  return isEntity(shape, value) ? { ...mapped, ...visitor.entity({ type: value.type, name: value.name }) } : mapped;
}

function isEntity(shape: Readonly<Record<string, z.ZodType>>, value: Fields): value is Fields & EntityRef {
  const isNamed = shape['type'] !== undefined && shape['name'] !== undefined;
  return isNamed && ENTITY_TYPES.some((type) => type === value['type']) && typeof value['name'] === 'string';
}

/** Whatever is inside, without a schema. Bytes that a schema leaves open may be text: they are left out. */
function mapOpen(value: unknown, visitor: StringVisitor, place: string): unknown {
  if (typeof value === 'string') return visitor.text(value, place);
  if (value instanceof Uint8Array) return new Uint8Array();
  if (Array.isArray(value)) return value.map((item) => mapOpen(item, visitor, place));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return mapRecord(value as Fields, visitor, place, (item, inner) => mapOpen(item, visitor, inner));
}

/** Built from entries: a key such as `__proto__` stays an ordinary one. Two keys that become one keep the later value. */
function mapRecord(
  value: Fields,
  visitor: StringVisitor,
  place: string,
  map: (item: unknown, place: string) => unknown,
): Fields {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [visitor.key(key, place), map(item, within(place, key))]),
  );
}

function within(place: string, key: string): string {
  return `${place.slice(place.lastIndexOf('.') + 1)}.${key}`;
}

interface ColumnChunk {
  readonly strings: readonly string[];
  readonly [column: string]: unknown;
}

/** One string may stand in columns of different meaning: each column gets its own. */
function mapColumns(chunk: ColumnChunk, textColumns: readonly string[], visitor: StringVisitor): ColumnChunk {
  const table = new StringTable();
  const columns = textColumns.map((name) => {
    const places = chunk[name] as Int32Array;
    const moved = new Map<number, number>();
    const indexes = places.map((index) => {
      if (index < 0) return index;
      const known = moved.get(index) ?? table.indexOf(visitor.text(chunk.strings[index] ?? '', `columns.${name}`));
      moved.set(index, known);
      return known;
    });
    return [name, indexes] as const;
  });
  return { ...chunk, ...Object.fromEntries(columns), strings: table.strings };
}
