import { describe, expect, it } from 'vitest';
import { barPlace } from '../../../../renderer/features/timeline/bar-place.ts';

const lane = { left: 100, right: 900 };

describe('the place of a finding in its lane', () => {
  it('holds its words where the bar is long', () => {
    expect(barPlace({ from: 200, to: 600 }, lane)).toEqual({ left: 200, width: 400, words: 'inside', room: 400 });
  });
  it('lets the words of a short bar stand on the roomier side of it', () => {
    expect(barPlace({ from: 200, to: 224 }, lane)).toEqual({ left: 200, width: 24, words: 'after', room: 676 });
    expect(barPlace({ from: 880, to: 900 }, lane)).toEqual({ left: 876, width: 24, words: 'before', room: 776 });
  });
  it('stays inside the lane, also for what began before it', () => {
    expect(barPlace({ from: -500, to: 2_000 }, lane)).toEqual({ left: 100, width: 800, words: 'inside', room: 800 });
    expect(barPlace({ from: -500, to: 110 }, lane)).toEqual({ left: 100, width: 24, words: 'after', room: 776 });
  });
});
