import { describe, expect, it } from 'vitest';
import { columns } from '../../../shared/contract/columns.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { ContractError, ERROR_CODES, errorBody } from '../../../shared/contract/contract-error.ts';
import { rowRef as rowRefSchema, unixNano } from '../../../shared/contract/model-schemas.ts';
import { isScopeAllowed, PROCEDURE_KINDS, SCOPES } from '../../../shared/contract/procedure.ts';
import { encodeSqlColumns, sqlColumns, sqlRow } from '../../../shared/contract/sql-columns.ts';
import { ROW_TABLES, rowRef } from '../../../shared/model/ids.ts';

describe('the contract', () => {
  it.each(Object.entries(contract))(
    '%s is a noun.verb of a known kind and scope with a sentence',
    (name, procedure) => {
      expect(name).toMatch(/^[a-z]+\.[a-z]+$/);
      expect(PROCEDURE_KINDS).toContain(procedure.kind);
      expect(SCOPES).toContain(procedure.scope);
      expect(procedure.summary).toMatch(/^[A-Z].*\.$/);
    },
  );

  it.each(Object.entries(contract))('%s refuses a field it does not know', (_name, procedure) => {
    const checked = procedure.input.safeParse({ noSuchField: 1 });
    expect(checked.success).toBe(false);
    expect(checked.error?.issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true);
  });

  it('lets nobody change anything without being operator', () => {
    const commands = Object.values(contract).filter(({ kind }) => kind === 'command');
    expect(commands.length).toBeGreaterThan(0);
    for (const { scope } of commands) expect(scope).not.toBe('viewer');
  });

  it('answers every command with a revision', () => {
    for (const procedure of Object.values(contract)) {
      if (procedure.kind === 'command') expect(Object.keys(procedure.output.shape)).toContain('revision');
    }
  });
});

describe('scopes', () => {
  it('form a ladder', () => {
    const allowed = SCOPES.map((granted) => SCOPES.filter((needed) => isScopeAllowed(granted, needed)));
    expect(allowed).toEqual([['viewer'], ['viewer', 'operator'], ['viewer', 'operator', 'host']]);
  });
});

describe('ContractError', () => {
  it('crosses the wire without loss', () => {
    for (const code of ERROR_CODES) {
      const error = new ContractError(code, 'why', { details: { kind: 'file', path: 'a.log', line: 3 } });
      const body = errorBody.parse(error.toBody());
      expect(ContractError.fromBody(body).toBody()).toEqual(body);
    }
  });
});

describe('schemas of the model', () => {
  it('know every row reference and no other text', () => {
    for (const table of ROW_TABLES) expect(rowRefSchema.safeParse(rowRef(table, 12)).success).toBe(true);
    expect(rowRefSchema.safeParse('series:3@1700000000000000000..1700000060000000000').success).toBe(true);
    for (const text of ['span', 'span:', 'span:-1', 'spans:1', "span:1' OR 1", 'series:3@1', 'span:1\n']) {
      expect(rowRefSchema.safeParse(text).success).toBe(false);
    }
  });
  it('take times as 64-bit counts only', () => {
    expect(unixNano.safeParse(1n << 62n).success).toBe(true);
    for (const value of [1n << 63n, 1_700_000_000_000, '1', null])
      expect(unixNano.safeParse(value).success).toBe(false);
  });
});

describe('columns', () => {
  const schema = columns({ id: 'f64', name: 'text' });
  const chunk = { rowCount: 2, id: new Float64Array(2), name: new Int32Array([0, -1]), strings: ['a'] };
  it('take a chunk of the declared shape', () => {
    expect(schema.safeParse(chunk).success).toBe(true);
  });
  it.each([
    ['a short array', { ...chunk, id: new Float64Array(1) }],
    ['another kind of array', { ...chunk, id: new Float32Array(2) }],
    ['a text index beyond the table', { ...chunk, name: new Int32Array([0, 1]) }],
    ['a text index below -1', { ...chunk, name: new Int32Array([-2, 0]) }],
    ['a column too many', { ...chunk, more: new Float64Array(2) }],
    ['a column too few', { rowCount: 2, id: new Float64Array(2), strings: [] }],
    ['no object', 7],
  ])('refuse %s', (_what, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

describe('SQL columns', () => {
  it('carry every kind of cell there and back', () => {
    const names = ['mixed', 'other'];
    const mixed = [null, 1.5, 'text', 9_007_199_254_740_993n, -0, ''];
    const other = ['text', 'text', new Uint8Array([0, 255, 16]), null, 2, Number.POSITIVE_INFINITY];
    const chunk = sqlColumns.parse(encodeSqlColumns(names, [mixed, other], 6, true));
    expect(chunk.strings.filter((text) => text === 'text')).toHaveLength(1);
    expect(Array.from({ length: 6 }, (_, row) => sqlRow(chunk, row))).toEqual([
      [null, 'text'],
      [1.5, 'text'],
      ['text', '00ff10'],
      [9_007_199_254_740_993n, null],
      [-0, 2],
      ['', Number.POSITIVE_INFINITY],
    ]);
    expect(chunk.isTruncated).toBe(true);
  });
});
