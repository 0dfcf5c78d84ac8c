import { expect, it } from 'vitest';
import { citationsOf } from '../../../../renderer/stores/citations.ts';

type Incident = Parameters<typeof citationsOf>[0];
type Cause = Incident['hypotheses'][number];
type Line = Pick<Cause['evidence'][number], 'stance' | 'text' | 'strike'> & { readonly refs: readonly string[] };

const line = (stance: Line['stance'], text: string, ...refs: string[]): Line => ({ stance, text, refs, strike: null });
const incident = (...causes: (readonly Line[])[]): Incident =>
  ({ id: 'i', hypotheses: causes.map((evidence, index) => ({ rank: index + 1, evidence })) }) as unknown as Incident;

it('leads from a row to the causes that rest on it, each once, in their order', () => {
  const byRow = citationsOf(
    incident(
      [line('supports', 'fails by itself', 'span:1', 'span:2'), line('supports', 'slow', 'span:1')],
      [line('contradicts', 'others fail too', 'span:2', 'log:1')],
    ),
  );
  const said = (row: string): unknown => byRow.get(row)?.map(({ rank, stance, text }) => [rank, stance, text]);
  expect(said('span:1')).toEqual([[1, 'supports', 'fails by itself']]);
  expect(said('span:2')).toEqual([
    [1, 'supports', 'fails by itself'],
    [2, 'contradicts', 'others fail too'],
  ]);
  expect(said('log:1')).toEqual([[2, 'contradicts', 'others fail too']]);
});

it('leaves out what is missing and what a person struck out', () => {
  const struck = { ...line('supports', 'a', 'span:1'), strike: { by: 'ada' } } as unknown as Line;
  expect(citationsOf(incident([struck, line('missing', 'b', 'span:2')])).size).toBe(0);
});
