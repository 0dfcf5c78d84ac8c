/** Finds the buffers a chunk can give away instead of copying. */

const MAX_DEPTH = 4;

/**
 * Buffers of the typed arrays in `value`, each once. A view on part of a larger buffer is left to be copied: giving the
 * buffer away would take its other views along. Cost: linear in the number of properties of the outer levels.
 */
export function transferableBuffers(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, 0, found);
  return [...found];
}

function collect(value: unknown, depth: number, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
    return;
  }
  if (depth === MAX_DEPTH) return;
  if (Array.isArray(value)) {
    // String tables are long and hold no buffers: the first element tells.
    if (typeof value[0] !== 'object') return;
    for (const item of value) collect(item, depth + 1, found);
    return;
  }
  for (const item of Object.values(value)) collect(item, depth + 1, found);
}
