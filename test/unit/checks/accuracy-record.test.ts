/** The record of accuracy: a regression fails, the same figures leave the file alone, better ones are written down. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { compareWithLast, summarise } from '../../accuracy/rca-figures.ts';

const outcomes = (right: number, seconds: number) =>
  summarise(
    Array.from({ length: 10 }, (_, i) => ({ dataset: 'd', position: i < right ? 1 : 9, abstained: false, seconds })),
  );

it('keeps what was reached and nothing that depends on the machine', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'faultline-record-'));
  try {
    const file = path.join(directory, 'record.json');
    expect(compareWithLast(file, outcomes(7, 0.5))).toEqual([]);
    const first = fs.readFileSync(file, 'utf8');
    expect(compareWithLast(file, outcomes(7, 3.25))).toEqual([]);
    expect(fs.readFileSync(file, 'utf8')).toBe(first);
    expect(compareWithLast(file, outcomes(6, 0.5)).join()).toContain('top1 0.600 where it was 0.700');
    expect(fs.readFileSync(file, 'utf8')).toBe(first);
    expect(compareWithLast(file, outcomes(8, 0.5))).toEqual([]);
    expect(fs.readFileSync(file, 'utf8')).toContain('"top1": 0.8');
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
});
