/** Pseudonyms of a case: given once, kept whatever their size, and said when they cannot be. */
import { expect, it } from 'vitest';
import { CasePseudonyms } from '../../../../shared/engine/api/case-pseudonyms.ts';
import type { Engine, EntityDetail } from '../../../../shared/engine/engine-interface.ts';

interface Planted {
  readonly engine: Engine;
  readonly settings: Map<string, string>;
  /** How often the case was read. */
  readonly reads: () => number;
  readonly add: (name: string) => void;
}

function planted({ isReadOnly = false, isImporting = false, names = ['cart', 'pay'] } = {}): Planted {
  const settings = new Map<string, string>();
  const entities = names.map(entity);
  let reads = 0;
  const engine: Partial<Engine> = {
    isImporting,
    entities: async () => {
      reads++;
      return [...entities];
    },
    query: async function* () {
      yield { columns: ['author'], rowCount: 1, values: [['nadia']], isTruncated: false, isLast: true };
    },
    notes: async () => [],
    judgements: async () => [],
    strikes: async () => [],
    setting: async (key) => settings.get(key) ?? null,
    setSetting: async (key, json) => {
      if (isReadOnly) throw new Error('write-protected');
      settings.set(key, json ?? '');
    },
  };
  return { engine: engine as Engine, settings, reads: () => reads, add: (name) => entities.push(entity(name)) };
}

function entity(name: string): EntityDetail {
  return { type: 'service', name, rowId: 1, isInstrumented: true, attributes: {}, aliases: [] };
}

it('keeps words through new names, other screens and another opening', async () => {
  const { engine, settings, add } = planted();
  const first = await new CasePseudonyms().known(engine, 1, ['zelda']);
  expect(Object.keys(first.masking.table).sort()).toEqual([
    'person:nadia',
    'person:zelda',
    'service:cart',
    'service:pay',
  ]);
  expect(await first.isKept).toBe(true);
  add('stock');
  const later = await new CasePseudonyms().known(engine, 9);
  expect(later.masking.table).toMatchObject(first.masking.table);
  expect(later.masking.table).toHaveProperty(['service:stock']);
  expect(later.secret).toBe(first.secret);
  expect(await later.isKept).toBe(true);
  expect(JSON.parse(settings.get('maskedNames') ?? '')).toEqual(later.masking.table);
});

it('keeps a table of any size', async () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `a-service-with-a-rather-long-name-${index}`);
  const { engine, settings } = planted({ names });
  const { isKept } = await new CasePseudonyms().known(engine, 1);
  expect(await isKept).toBe(true);
  expect(settings.get('maskedNames')?.length).toBeGreaterThan(1_048_576);
});

it('says that a case keeps none, and holds them as long as it is open', async () => {
  const { engine, add } = planted({ isReadOnly: true });
  const pseudonyms = new CasePseudonyms();
  const first = await pseudonyms.known(engine, 1);
  expect(await first.isKept).toBe(false);
  add('stock');
  const second = await pseudonyms.known(engine, 2);
  expect(second.masking.table).toMatchObject(first.masking.table);
  expect(second.secret).toBe(first.secret);
});

it('reads the case once for a revision, and once for many who ask during an import', async () => {
  const still = planted();
  const pseudonyms = new CasePseudonyms();
  await pseudonyms.known(still.engine, 1);
  await Promise.all([pseudonyms.known(still.engine, 1), pseudonyms.known(still.engine, 1)]);
  expect(still.reads()).toBe(1);
  await pseudonyms.known(still.engine, 2);
  expect(still.reads()).toBe(2);

  const growing = planted({ isImporting: true });
  await pseudonyms.known(growing.engine, 2);
  expect(growing.reads()).toBe(1);
  await Promise.all(Array.from({ length: 30 }, () => pseudonyms.known(growing.engine, 2)));
  expect(growing.reads()).toBe(2);
});

it('tells nothing of one case in another', async () => {
  const pseudonyms = new CasePseudonyms();
  const one = await pseudonyms.known(planted().engine, 1, ['zelda']);
  const other = await pseudonyms.known(planted({ names: ['ledger'] }).engine, 1);
  expect(Object.keys(other.masking.table).sort()).toEqual(['person:nadia', 'service:ledger']);
  expect(other.secret).not.toBe(one.secret);
});
