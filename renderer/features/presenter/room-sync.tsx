/**
 * One picture for the whole room. The presenter's place in the case and way of showing it go to the engine; guests who
 * follow take them over. A frozen picture is not sent on until it is released. A guest who goes somewhere by hand looks
 * around alone from then on, until they choose to follow again.
 */
import { useEffect } from 'react';
import { useConnectionState, useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { presentationOf, readPresentation, usePresentation } from '../../stores/presentation.ts';
import type { Presentation } from '../../stores/presentation.ts';
import { addressOf, viewStateOfAddress } from '../../stores/view-address.ts';
import { look, useViewStore, viewStateOf } from '../../stores/view-state.ts';
import { usePreferences } from '../../stores/preferences.ts';
import type { EngineProcedures } from '../../client/connection.ts';

/** A drag sends at most this often. */
const PUBLISH_INTERVAL_MS = 200;

interface RoomPicture {
  readonly address: string;
  readonly presentation: unknown;
}

/** Mounted once in the shell; draws nothing. */
export function RoomSync() {
  const procedures = useProcedures();
  const isOperator = useIsOperator();
  const isReady = useConnectionState().status === 'ready';
  useEffect(() => {
    if (!isReady) return;
    return isOperator ? publishPicture(procedures) : followPicture(procedures);
  }, [procedures, isOperator, isReady]);
  return null;
}

/** The picture of the moment of freezing. Outlives the connection: the room keeps it over a reconnection as well. */
let frozen: { readonly sinceMs: number; readonly stateJson: string } | null = null;

/** What the room may see: the frozen picture while there is one. */
function heldBack(frozenSinceMs: number | null, stateJson: string): string {
  if (frozenSinceMs === null) frozen = null;
  else if (frozen?.sinceMs !== frozenSinceMs) frozen = { sinceMs: frozenSinceMs, stateJson };
  return frozen?.stateJson ?? stateJson;
}

/** Sends what changes until the returned function is called; mounted anew for each connection. */
export function publishPicture(procedures: EngineProcedures): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = '';
  const send = (): void => {
    timer = undefined;
    const presentation = presentationOf(usePresentation.getState());
    const picture: RoomPicture = { address: addressOf(viewStateOf(useViewStore.getState())), presentation };
    const stateJson = heldBack(presentation.frozenSinceMs, JSON.stringify(picture));
    if (stateJson === sent) return;
    sent = stateJson;
    const presenter = usePreferences.getState().author;
    // Nobody listening, or the engine restarting: the next change is sent again.
    procedures['room.publish']({ stateJson, presenter }).catch(() => (sent = ''));
  };
  const schedule = (): void => {
    timer ??= setTimeout(send, PUBLISH_INTERVAL_MS);
  };
  const stops = [useViewStore.subscribe(schedule), usePresentation.subscribe(schedule)];
  schedule();
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

function followPicture(procedures: EngineProcedures): () => void {
  let latest: RoomPicture | undefined;
  let isApplying = false;
  const apply = (): void => {
    if (!latest || !usePresentation.getState().isFollowing) return;
    isApplying = true;
    usePresentation.setState(readPresentation(latest.presentation));
    look(viewStateOfAddress(latest.address), { isContinued: true });
    isApplying = false;
  };
  const leave = (): void => {
    if (!isApplying && latest && usePresentation.getState().isFollowing)
      usePresentation.setState({ isFollowing: false });
  };
  const feed = procedures['room.follow'](
    {},
    ({ stateJson, presenter }) => {
      latest = readPicture(stateJson) ?? latest;
      usePresentation.setState({ presenter });
      apply();
    },
    // The last picture, also for those who come late.
    { after: 0 },
  );
  const stops = [
    usePresentation.subscribe((store, before) => {
      if (store.isFollowing && !before.isFollowing) apply();
      else if (pictureOf(store) !== pictureOf(before)) leave();
    }),
    useViewStore.subscribe(leave),
  ];
  return () => {
    feed.dispose();
    for (const stop of stops) stop();
  };
}

function pictureOf(store: Presentation): string {
  return JSON.stringify(presentationOf(store));
}

function readPicture(json: string): RoomPicture | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('address' in value) || typeof value.address !== 'string') {
    return undefined;
  }
  return { address: value.address, presentation: 'presentation' in value ? value.presentation : null };
}
