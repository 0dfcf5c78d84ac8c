/** What the room is sent, and what a guest makes of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineProcedures } from '../../../../renderer/client/connection.ts';
import { followPicture, publishPicture } from '../../../../renderer/features/presenter/room-sync.tsx';
import { INITIAL_PRESENTATION, present, usePresentation } from '../../../../renderer/stores/presentation.ts';
import { readRoomPicture } from '../../../../shared/contract/room-picture.ts';
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

it('sends names beside the address, never in it: the engine masks them for guests', async () => {
  const sent: string[] = [];
  const publish = async ({ stateJson }: { readonly stateJson: string }): Promise<object> => {
    sent.push(stateJson);
    return {};
  };
  const stop = publishPicture({ 'room.publish': publish } as unknown as EngineProcedures);
  look({ view: 'logs', incidentId: 'acme', filters: { logs: 'acme' }, level: 'instance' });
  await vi.advanceTimersByTimeAsync(250);
  const [json = ''] = sent;
  expect(readRoomPicture(json)).toMatchObject({
    address: '#/logs?level=instance',
    place: { incidentId: 'acme', filters: { logs: 'acme' } },
  });
  stop();
});

describe('a guest', () => {
  type Event = { readonly stateJson: string; readonly presenter: string; readonly isMasked: boolean };
  let tell: (event: Event) => void;
  let forgotten: number;
  let hasActed: boolean;
  let stop: () => void;
  const picture = (name: string): string =>
    JSON.stringify({
      address: '#/logs',
      place: { incidentId: null, selection: { kind: 'entity', entity: { type: 'service', name } }, filters: {} },
      presentation: { isPresenting: false, scene: 'why', isSpotlightOn: false, spotlight: null, frozenSinceMs: null },
    });

  beforeEach(() => {
    usePresentation.setState({ isMasked: false, isRoomKnown: false, isFollowing: true });
    forgotten = 0;
    hasActed = false;
    const follow = (_: object, listener: (event: Event) => void): object => {
      tell = listener;
      return { dispose: () => undefined };
    };
    stop = followPicture(
      { 'room.follow': follow } as unknown as EngineProcedures,
      () => forgotten++,
      () => hasActed,
    );
  });
  afterEach(() => stop());

  it('is masked until somebody presents, then as the room is', () => {
    tell({ stateJson: '', presenter: '', isMasked: true });
    expect(usePresentation.getState()).toMatchObject({ isMasked: true, isRoomKnown: true });
    expect(forgotten).toBe(0);
    tell({ stateJson: picture('cart'), presenter: '', isMasked: false });
    expect(usePresentation.getState()).toMatchObject({ isMasked: false, scene: 'why' });
    expect(forgotten).toBe(1);
    expect(useViewStore.getState()).toMatchObject({ view: 'logs', selection: { entity: { name: 'cart' } } });
  });

  it('stays where it went by hand before the first picture came', () => {
    look({ view: 'services' });
    expect(usePresentation.getState().isFollowing).toBe(true);
    hasActed = true;
    look({ view: 'changes' });
    tell({ stateJson: picture('cart'), presenter: '', isMasked: false });
    expect(useViewStore.getState().view).toBe('changes');
    expect(usePresentation.getState().isFollowing).toBe(false);
  });

  it('keeps nothing of the other language when names are masked, not even alone', () => {
    tell({ stateJson: picture('cart'), presenter: '', isMasked: false });
    look({ filters: { logs: 'cart' } });
    expect(usePresentation.getState().isFollowing).toBe(false);
    tell({ stateJson: picture('service Heron'), presenter: '', isMasked: true });
    expect(forgotten).toBe(1);
    expect(useViewStore.getState()).toMatchObject({ selection: null, filters: {}, past: [], future: [] });
    usePresentation.setState({ isFollowing: true });
    expect(useViewStore.getState()).toMatchObject({ selection: { entity: { name: 'service Heron' } } });
  });
});
