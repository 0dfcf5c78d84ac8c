/** What the room is sent: where the presenter looks, and nothing new while the picture is frozen. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EngineProcedures } from '../../../../renderer/client/connection.ts';
import { publishPicture } from '../../../../renderer/features/presenter/room-sync.tsx';
import { INITIAL_PRESENTATION, present } from '../../../../renderer/stores/presentation.ts';
import { INITIAL_VIEW_STATE, look, useViewStore } from '../../../../renderer/stores/view-state.ts';

beforeEach(() => {
  vi.useFakeTimers();
  useViewStore.setState({ ...INITIAL_VIEW_STATE, past: [], future: [] });
  present(INITIAL_PRESENTATION);
});
afterEach(() => vi.useRealTimers());

/** An engine that takes what is published. */
function room(): { readonly procedures: EngineProcedures; readonly addresses: string[] } {
  const addresses: string[] = [];
  const publish = async ({ stateJson }: { readonly stateJson: string }): Promise<object> => {
    addresses.push((JSON.parse(stateJson) as { address: string }).address);
    return {};
  };
  return { procedures: { 'room.publish': publish } as unknown as EngineProcedures, addresses };
}

it('sends a place when it changes', async () => {
  const { procedures, addresses } = room();
  const stop = publishPicture(procedures);
  await vi.advanceTimersByTimeAsync(250);
  look({ view: 'logs' });
  await vi.advanceTimersByTimeAsync(250);
  expect(addresses).toEqual(['#/case', '#/logs']);
  stop();
});

it('keeps a frozen picture over a lost connection', async () => {
  const { procedures, addresses } = room();
  const stop = publishPicture(procedures);
  await vi.advanceTimersByTimeAsync(250);
  present({ frozenSinceMs: 1 });
  await vi.advanceTimersByTimeAsync(250);
  look({ view: 'logs' });
  await vi.advanceTimersByTimeAsync(250);
  stop();
  // Another connection, perhaps to an engine that was started again and knows no picture.
  const again = publishPicture(procedures);
  await vi.advanceTimersByTimeAsync(250);
  expect(addresses).toEqual(['#/case', '#/case', '#/case']);
  present({ frozenSinceMs: null });
  await vi.advanceTimersByTimeAsync(250);
  expect(addresses.at(-1)).toBe('#/logs');
  again();
});
