/** Places as the case keeps them. What is read may come from another version or a stranger: nothing but numbers passes. */
import type { KnownPlaces } from '../../graph/layout/layout-request.ts';
import type { PlacesByPicture } from './graph-types.ts';

/** The case keeps settings of up to 1 MB. */
const MOST_CHARACTERS = 1_000_000;

/**
 * When all is too large to keep, the largest pictures keep their pins only: a layout is deterministic, so the rest comes
 * back by itself.
 */
export function placesJson(pictures: PlacesByPicture): string | null {
  const parts = Object.entries(pictures).map(([picture, places]) => ({
    picture,
    json: JSON.stringify(places),
    places,
  }));
  const size = (): number => parts.reduce((sum, { picture, json }) => sum + picture.length + json.length + 8, 2);
  const bySize = [...parts].sort((a, b) => b.json.length - a.json.length);
  for (const part of bySize) {
    if (size() <= MOST_CHARACTERS) break;
    part.json = JSON.stringify(pinsOnly(part.places));
  }
  if (size() > MOST_CHARACTERS) return null;
  return `{${parts.map(({ picture, json }) => `${JSON.stringify(picture)}:${json}`).join(',')}}`;
}

function pinsOnly({ positions, pins }: KnownPlaces): KnownPlaces {
  const pinned = Object.fromEntries(pins.flatMap((key) => (positions[key] ? [[key, positions[key]]] : [])));
  return { positions: pinned, boxes: {}, pins };
}

export function readPlaces(json: string | null): PlacesByPicture {
  if (json === null) return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return {};
  }
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([picture, places]) => [picture, placesOf(places)]));
}

function placesOf(value: unknown): KnownPlaces {
  const { positions, boxes, pins } = isRecord(value) ? value : {};
  return {
    positions: numbersOf<readonly [number, number]>(positions, 2),
    boxes: numbersOf<readonly [number, number, number, number]>(boxes, 4),
    pins: Array.isArray(pins) ? pins.filter((pin): pin is string => typeof pin === 'string') : [],
  };
}

function numbersOf<Row extends readonly number[]>(value: unknown, length: number): Readonly<Record<string, Row>> {
  if (!isRecord(value)) return {};
  const isRow = (row: unknown): row is Row =>
    Array.isArray(row) && row.length === length && row.every((one) => Number.isFinite(one));
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Row] => isRow(entry[1])));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
