/** JSON text with sorted keys, so that equal attributes have one text whatever order they came in. */
import type { AttributeValue, Attributes } from '../../model/resource.ts';

export function canonicalJson(attributes: Attributes): string {
  return JSON.stringify(sorted(attributes));
}

function sorted(value: AttributeValue | undefined): AttributeValue {
  if (value === undefined || value === null || typeof value !== 'object') return value ?? null;
  if (Array.isArray(value)) return value.map(sorted);
  // A null prototype keeps a key called __proto__ a key.
  const out = Object.create(null) as Record<string, AttributeValue>;
  const record = value as Readonly<Record<string, AttributeValue>>;
  for (const key of Object.keys(record).sort()) out[key] = sorted(record[key]);
  return out;
}
