/**
 * One picture for the whole room. The presenter's place in the case and way of showing it go to the engine; guests who
 * follow take them over. A frozen picture is not sent on until it is released. A guest who goes somewhere by hand looks
 * around alone from then on, until they choose to follow again.
 *
 * Masking belongs to the room: the engine keeps names from guests from the moment a presenter masks them, and until it
 * knows of a presenter at all.
 */
import { useEffect } from 'react';
import { readRoomPicture } from '../../../shared/contract/room-picture.ts';
import type { RoomPicture } from '../../../shared/contract/room-picture.ts';
import { readablePlace } from '../../../shared/report/masked-place.ts';
import { watchInput } from '../../client/last-input.ts';
import { useConnectionState, useEngine, useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { presentationOf, readPresentation, usePresentation } from '../../stores/presentation.ts';
import type { Presentation } from '../../stores/presentation.ts';
import { addressOf, viewStateOfAddress } from '../../stores/view-address.ts';
import { INITIAL_VIEW_STATE, look, useViewStore, viewStateOf } from '../../stores/view-state.ts';
import { usePreferences } from '../../stores/preferences.ts';
import type { EngineProcedures } from '../../client/connection.ts';

/** A drag sends at most this often. */
const PUBLISH_INTERVAL_MS = 200;

/** Mounted once in the shell; draws nothing. */
export function RoomSync() {
  const procedures = useProcedures();
  const { cache } = useEngine();
  const isOperator = useIsOperator();
  const isReady = useConnectionState().status === 'ready';
  useEffect(() => {
    if (!isReady) return;
    if (!isOperator) {
      const input = watchInput(window);
      const stop = followPicture(
        procedures,
        () => cache.reset(),
        () => input.at() > 0,
      );
      return () => {
        input.dispose();
        stop();
      };
    }
    const stops = [publishMask(procedures), publishPicture(procedures)];
    return () => stops.forEach((stop) => stop());
  }, [procedures, cache, isOperator, isReady]);
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

/** Masks the room at once, and before its first picture; shows names only when this screen had masked them. */
function publishMask(procedures: EngineProcedures): () => void {
  const send = (isMasked: boolean): void => {
    // Without a connection nobody sees anything; the next one is told anew.
    procedures['room.mask']({ isMasked }).catch(() => undefined);
  };
  if (usePresentation.getState().isMasked) send(true);
  return usePresentation.subscribe(({ isMasked }, before) => {
    if (isMasked !== before.isMasked) send(isMasked);
  });
}

/** Sends what changes until the returned function is called; mounted anew for each connection. */
export function publishPicture(procedures: EngineProcedures): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = '';
  const send = (): void => {
    timer = undefined;
    const presentation = presentationOf(usePresentation.getState());
    const stateJson = heldBack(presentation.frozenSinceMs, JSON.stringify(pictureOf(presentation)));
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

/** Names and all: the engine masks them for guests while the room is masked. */
function pictureOf(presentation: Omit<Presentation, 'isMasked'>): RoomPicture {
  const state = viewStateOf(useViewStore.getState());
  const { view, range, knownAt, level, incidentId, selection, filters } = state;
  return {
    address: addressOf({ ...INITIAL_VIEW_STATE, view, range, knownAt, level }),
    place: { incidentId, selection, filters: { ...filters } },
    presentation,
  };
}

/**
 * `forget` throws away what the engine answered: it told names, or pseudonyms, and now it is the other way round.
 * `hasActed`: whether the guest has pressed anything yet; before the first picture only that tells their own way from the
 * page's.
 */
export function followPicture(
  procedures: EngineProcedures,
  forget: () => void,
  hasActed: () => boolean = () => false,
): () => void {
  let latest: RoomPicture | undefined;
  let isApplying = false;
  const apply = (): void => {
    if (!latest || !usePresentation.getState().isFollowing) return;
    isApplying = true;
    usePresentation.setState(readPresentation(latest.presentation));
    look({ ...viewStateOfAddress(latest.address), ...readablePlace(latest.place) }, { isContinued: true });
    isApplying = false;
  };
  const leave = (): void => {
    if (!isApplying && (latest || hasActed()) && usePresentation.getState().isFollowing)
      usePresentation.setState({ isFollowing: false });
  };
  const mask = (isMasked: boolean): void => {
    const before = usePresentation.getState();
    if (before.isRoomKnown && before.isMasked === isMasked) return;
    latest = undefined;
    isApplying = true;
    usePresentation.setState({ isMasked, isRoomKnown: true });
    if (before.isRoomKnown) {
      // What was chosen and typed is of the other language, and so are the steps back.
      const { incidentId, selection, filters } = INITIAL_VIEW_STATE;
      useViewStore.setState({ incidentId, selection, filters, past: [], future: [] });
      forget();
    }
    isApplying = false;
  };
  const feed = procedures['room.follow'](
    {},
    ({ stateJson, presenter, isMasked }) => {
      mask(isMasked);
      latest = readRoomPicture(stateJson) ?? latest;
      usePresentation.setState({ presenter });
      apply();
    },
    // The last picture, also for those who come late.
    { after: 0 },
  );
  const stops = [
    usePresentation.subscribe((store, before) => {
      if (store.isFollowing && !before.isFollowing) apply();
      else if (shownOf(store) !== shownOf(before)) leave();
    }),
    useViewStore.subscribe(leave),
  ];
  return () => {
    feed.dispose();
    for (const stop of stops) stop();
  };
}

function shownOf(store: Presentation): string {
  return JSON.stringify(presentationOf(store));
}
