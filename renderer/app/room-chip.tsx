/** How many screens follow this one. Asked every few seconds while the screen is shared; otherwise there can be none. */
import { useEffect, useState } from 'react';
import { useConnectionState, useProcedures } from '../client/engine-context.tsx';
import { useHostFacts } from '../client/use-host-facts.ts';
import { usePresentation } from '../stores/presentation.ts';
import { Chip } from '../ui/controls.tsx';

const ASK_EVERY_MS = 3_000;
const EMPTY_ROOM = { viewers: 0, isMasked: false };

export function RoomChip() {
  const isSharing = useHostFacts()?.isSharing ?? false;
  const { viewers, isMasked } = useRoom(isSharing);
  const isOwnMasked = usePresentation((store) => store.isMasked);
  // Another window of the presenter has masked names; this one shows them to nobody but who sits here.
  const isMaskedElsewhere = isMasked && !isOwnMasked && viewers > 0;
  return (
    <Chip
      look="outlined"
      icon="people"
      title={
        isSharing
          ? `${viewers} screens follow this one, read only.${isMaskedElsewhere ? ' They get pseudonyms: another window masked the names.' : ''}`
          : 'Nobody else can look. `faultline serve --share` opens a read-only room.'
      }
    >
      {`Room ${viewers}${isMaskedElsewhere ? ', masked' : ''}`}
    </Chip>
  );
}

function useRoom(isSharing: boolean): { readonly viewers: number; readonly isMasked: boolean } {
  const procedures = useProcedures();
  const status = useConnectionState().status;
  const [room, setRoom] = useState(EMPTY_ROOM);
  useEffect(() => {
    if (!isSharing || status !== 'ready') return;
    const ask = (): void => {
      procedures['room.members']({}).then(
        (members) => setRoom(members),
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [procedures, isSharing, status]);
  return isSharing ? room : EMPTY_ROOM;
}
