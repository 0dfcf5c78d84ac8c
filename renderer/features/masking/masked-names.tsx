/**
 * Gives the page its names: plain ones, or pseudonyms while masking is on. The engine gives the pseudonyms and keeps them
 * with the case, so a bird means the same service tomorrow and on every screen of the room. Guests of a masked room are
 * told nothing else by the engine; their page only says so.
 */
import { useEffect, useLayoutEffect, useMemo } from 'react';
import { createMasking } from '../../../shared/report/mask-names.ts';
import { namelessPlace, readablePlace, unmaskedPlace } from '../../../shared/report/masked-place.ts';
import { createSpeech } from '../../../shared/report/masked-speech.ts';
import { useIsOperator } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { BLANK_NAMING, GUEST_NAMING, PLAIN_NAMING, pseudonymNaming, useNamingStore } from '../../stores/naming.ts';
import { usePresentation } from '../../stores/presentation.ts';
import { showProblem } from '../../stores/problem.ts';

/** Mounted once in the shell; draws nothing. */
export function MaskedNames() {
  return useIsOperator() ? <OwnNames /> : <GuestNames />;
}

function OwnNames() {
  const isMasked = usePresentation((store) => store.isMasked);
  const isAwaited = useNamingStore((store) => store.awaitedPlace !== null);
  const isNeeded = isMasked || isAwaited;
  const own = usePreferences((preferences) => preferences.author);
  const people = own === '' ? [] : [own];
  const { data: pseudonyms, error } = useQuery('pseudonym.list', isNeeded ? { people } : null);
  const entities = useQuery('entity.list', isNeeded ? {} : null).data?.entities;
  const known = useMemo(() => {
    if (!isNeeded || !entities || !pseudonyms) return null;
    const masking = createMasking(entities, pseudonyms.table);
    return { masking, speech: createSpeech(masking, pseudonyms.secret) };
  }, [isNeeded, entities, pseudonyms]);
  // Before anything is painted: no frame shows a name after masking, or a blank where there is a pseudonym.
  useLayoutEffect(() => {
    const masked = known ? pseudonymNaming(known.masking, known.speech) : BLANK_NAMING;
    useNamingStore.setState({
      naming: isMasked ? masked : PLAIN_NAMING,
      placeOf: known && ((shown) => unmaskedPlace(shown, known.speech)),
      keptNameCount: known?.masking.keptNameCount ?? 0,
    });
  }, [isMasked, known]);
  useEffect(() => {
    if (error) showProblem('There are no pseudonyms, so nothing is named.', error);
  }, [error]);
  const isKept = pseudonyms?.isKept ?? true;
  useEffect(() => {
    if (isKept) return;
    const reason = 'They hold until it is closed; opened again, it may give other ones. Is its file write-protected?';
    showProblem('The case could not keep its pseudonyms.', reason);
  }, [isKept]);
  return null;
}

function GuestNames() {
  const isMasked = usePresentation((store) => store.isMasked || !store.isRoomKnown);
  const isRoomKnown = usePresentation((store) => store.isRoomKnown);
  useLayoutEffect(() => {
    useNamingStore.setState({
      naming: isMasked ? GUEST_NAMING : PLAIN_NAMING,
      placeOf: isRoomKnown ? (isMasked ? readablePlace : namelessPlace) : null,
    });
  }, [isMasked, isRoomKnown]);
  return null;
}
