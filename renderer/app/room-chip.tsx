/** How many screens follow this one. Asked every few seconds while the screen is shared; otherwise there can be none. */
import { useEffect, useState } from 'react';
import { useConnectionState, useProcedures } from '../client/engine-context.tsx';
import { useHostFacts } from '../client/use-host-facts.ts';
import { Chip } from '../ui/controls.tsx';

const ASK_EVERY_MS = 3_000;

export function RoomChip() {
  const isSharing = useHostFacts()?.isSharing ?? false;
  const viewers = useViewerCount(isSharing);
  return (
    <Chip
      look="outlined"
      icon="people"
      title={
        isSharing
          ? `${viewers} screens follow this one, read only.`
          : 'Nobody else can look. `faultline serve --share` opens a read-only room.'
      }
    >
      {`Room ${viewers}`}
    </Chip>
  );
}

function useViewerCount(isSharing: boolean): number {
  const procedures = useProcedures();
  const status = useConnectionState().status;
  const [viewers, setViewers] = useState(0);
  useEffect(() => {
    if (!isSharing || status !== 'ready') return;
    const ask = (): void => {
      procedures['room.members']({}).then(
        (members) => setViewers(members.viewers),
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [procedures, isSharing, status]);
  return isSharing ? viewers : 0;
}
