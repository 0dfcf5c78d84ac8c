import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedBy, pannedBy, rangeBetween, zoomedAt } from '../../../../renderer/stores/time-travel.ts';

const whole = { from: 1_000_000_000_000n, to: 1_360_000_000_000n };
const moment = fc.bigInt({ min: whole.from, max: whole.to });
const inside = fc
  .tuple(moment, moment)
  .filter(([one, other]) => (one > other ? one - other : other - one) >= 1_000n)
  .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one }));

describe('moving through time', () => {
  it('never leaves the case and never becomes empty', () => {
    fc.assert(
      fc.property(
        inside,
        moment,
        fc.double({ min: 0.001, max: 1_000, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (range, at, factor, share) => {
          for (const moved of [
            zoomedAt(range, whole, at, factor),
            pannedBy(range, whole, share),
            movedBy(range, whole, at - range.from),
            rangeBetween(at, range.from, whole),
          ]) {
            expect(moved.from).toBeGreaterThanOrEqual(whole.from);
            expect(moved.to).toBeLessThanOrEqual(whole.to);
            expect(moved.from).toBeLessThan(moved.to);
          }
        },
      ),
    );
  });

  it('keeps the time under the pointer where it is', () => {
    const range = { from: 1_100_000_000_000n, to: 1_200_000_000_000n };
    const zoomed = zoomedAt(range, whole, 1_125_000_000_000n, 0.5);
    // A quarter from the left before, a quarter from the left after.
    expect(zoomed).toEqual({ from: 1_112_500_000_000n, to: 1_162_500_000_000n });
  });

  it('keeps the length while it is moved against an end', () => {
    const range = { from: 1_010_000_000_000n, to: 1_020_000_000_000n };
    expect(pannedBy(range, whole, -3)).toEqual({ from: 1_000_000_000_000n, to: 1_010_000_000_000n });
  });

  it('zooming out ends at the whole case', () => {
    expect(zoomedAt({ from: 1_100_000_000_000n, to: 1_200_000_000_000n }, whole, 1_150_000_000_000n, 100)).toEqual(
      whole,
    );
  });
});
