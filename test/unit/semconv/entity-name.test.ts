import { describe, expect, it } from 'vitest';
import { MAX_ENTITY_NAME_LENGTH, boundedEntityName } from '../../../shared/semconv/entity-name.ts';

describe('the name of an entity', () => {
  it('stays as it is up to the limit', () => {
    const longest = 'a'.repeat(MAX_ENTITY_NAME_LENGTH);
    expect(boundedEntityName('checkout')).toBe('checkout');
    expect(boundedEntityName(longest)).toBe(longest);
  });

  it('is cut above it, and stays different from others that begin alike', () => {
    const names = ['x', 'y'].map((end) => boundedEntityName('a'.repeat(10_000) + end));
    for (const name of names) {
      expect(name.length).toBe(MAX_ENTITY_NAME_LENGTH);
      expect(name).toMatch(/^a{200,}…[0-9a-f]{16}$/);
    }
    expect(names[0]).not.toBe(names[1]);
    // Told by two signals, it is one entity; and cut twice it is cut once.
    expect(boundedEntityName('a'.repeat(10_000) + 'x')).toBe(names[0]);
    expect(boundedEntityName(names[0] ?? '')).toBe(names[0]);
  });

  it('never ends in half a character', () => {
    for (const offset of ['', 'a']) expect(boundedEntityName(offset + '🚀'.repeat(1_000)).isWellFormed()).toBe(true);
  });
});
