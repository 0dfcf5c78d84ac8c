import { describe, expect, test } from 'vitest';
import { alikeRows } from '../../../../renderer/features/rows/alike-rows.ts';

type Rows = Parameters<typeof alikeRows>[0];

function row(table: 'log' | 'span' | 'series', fields: Readonly<Record<string, string>>): Rows[number] {
  return {
    ref: `${table}:1`,
    table,
    found: true,
    sourcePath: '',
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
  } as Rows[number];
}
const log = (service: string, template: string) => row('log', { service, template_id: template });
const span = (name: string, status: string) => row('span', { service: 'cart', name, status });

describe('what opened rows are examples of', () => {
  test('log records of one writer stand for all of their templates', () => {
    expect(alikeRows([log('cart', 'a'), log('cart', 'b'), log('cart', 'a'), log('shop', 'a')], 3)).toEqual([
      { kind: 'logs', entity: { type: 'service', name: 'cart' }, templateIds: ['a', 'b'] },
      { kind: 'logs', entity: { type: 'service', name: 'shop' }, templateIds: ['a'] },
    ]);
  });

  test('spans stand for the failing calls only where all of them failed', () => {
    const [failing] = alikeRows([span('GET', 'error'), span('GET', 'error')], 3);
    expect(failing).toMatchObject({ kind: 'calls', operation: 'GET', isFailing: true });
    const [mixed] = alikeRows([span('GET', 'error'), span('GET', 'unset')], 3);
    expect(mixed).toMatchObject({ isFailing: false });
  });

  test('series and rows without a template stand for themselves; no more kinds than are asked for', () => {
    expect(alikeRows([row('series', { name: 'cpu' }), row('log', { service: 'cart' })], 3)).toEqual([]);
    expect(alikeRows([log('a', '1'), log('b', '1'), log('c', '1')], 2)).toHaveLength(2);
  });
});
