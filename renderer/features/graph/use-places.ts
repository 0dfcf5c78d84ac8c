/**
 * Where nodes stand, kept in the case, so that a reload and a colleague see the same picture. Forms and levels have
 * places of their own. Guests of a shared screen read them only.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useIsOperator, useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import type { KnownPlaces } from '../../graph/layout/layout-request.ts';
import type { PlacesByPicture } from './graph-types.ts';
import { placesJson, readPlaces } from './places-json.ts';

const SETTING = 'graph.places';
const SETTLE_MS = 800;

export function usePlaces(): {
  readonly isReady: boolean;
  readonly places: PlacesByPicture;
  readonly remember: (picture: string, places: KnownPlaces) => void;
} {
  const answer = useQuery('setting.get', { key: SETTING });
  const procedures = useProcedures();
  const isOperator = useIsOperator();
  const stored = answer.data?.json;
  const first = useMemo(() => readPlaces(stored ?? null), [stored]);
  // What this page knows goes before what is read again: an answer that comes late must not move nodes.
  const [own, setOwn] = useState<PlacesByPicture>({});
  const places = useMemo(() => ({ ...first, ...own }), [first, own]);
  const known = useRef(places);
  known.current = places;
  const timer = useRef(0);
  const write = useCallback(() => {
    if (timer.current === 0) return;
    window.clearTimeout(timer.current);
    timer.current = 0;
    // Losing a place is no reason to interrupt anybody: the next layout writes again.
    procedures['setting.set']({ key: SETTING, json: placesJson(known.current) }).catch(() => undefined);
  }, [procedures]);
  // Whoever drags a node and goes on at once has put it there all the same.
  useEffect(() => {
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('pagehide', write);
      write();
    };
  }, [write]);
  const remember = useCallback(
    (picture: string, next: KnownPlaces) => {
      known.current = { ...known.current, [picture]: next };
      setOwn((before) => ({ ...before, [picture]: next }));
      if (!isOperator) return;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(write, SETTLE_MS);
    },
    [isOperator, write],
  );
  return { isReady: stored !== undefined || answer.error !== null, places, remember };
}
