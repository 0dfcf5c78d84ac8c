import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askForRoom } from '../../../../renderer/client/ask-for-room.ts';
import { watchInput } from '../../../../renderer/client/last-input.ts';

describe('input of a person', () => {
  it('is what is pressed, turned or dragged, not a pointer that passes over', () => {
    const target = new EventTarget();
    const onInput = vi.fn();
    const input = watchInput(target as unknown as Window, onInput);
    expect(input.at()).toBe(-Infinity);
    const move = (buttons: number): boolean =>
      target.dispatchEvent(Object.assign(new Event('pointermove'), { buttons }));
    move(0);
    expect(onInput).toHaveBeenCalledTimes(0);
    for (const type of ['pointerdown', 'pointerup', 'keydown', 'wheel']) target.dispatchEvent(new Event(type));
    move(1);
    expect(onInput).toHaveBeenCalledTimes(5);
    expect(input.at()).toBeGreaterThan(0);
    input.dispose();
    target.dispatchEvent(new Event('keydown'));
    expect(onInput).toHaveBeenCalledTimes(5);
  });
});

describe('asking for room', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** How often the engine is asked within five seconds of input every 50 ms. */
  async function askedIn5s(standAside: () => Promise<{ readonly isRunning: boolean }>): Promise<number> {
    const asked = vi.fn(standAside);
    const onInput = askForRoom(asked);
    for (let ms = 0; ms < 5_000; ms += 50) {
      onInput();
      await vi.advanceTimersByTimeAsync(50);
    }
    return asked.mock.calls.length;
  }

  it('is done often while a job runs, now and then to learn whether one does or after a failure', async () => {
    expect(await askedIn5s(async () => ({ isRunning: true }))).toBe(20);
    expect(await askedIn5s(async () => ({ isRunning: false }))).toBe(5);
    expect(await askedIn5s(() => Promise.reject(new Error('resource_exhausted')))).toBe(5);
  });
});
