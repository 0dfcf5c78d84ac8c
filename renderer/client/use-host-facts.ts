/** What the program around the page says of itself: its kind, and whether others can look at the screen. */
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../shared/contract/derived-types.ts';
import type { HostContract } from '../../shared/contract/host-contract.ts';
import { useConnectionState, useHost } from './engine-context.tsx';

export type HostFacts = OutputOf<HostContract['host.describe']>;

/** Null until the host has answered; asked again after each reconnection. */
export function useHostFacts(): HostFacts | null {
  const host = useHost();
  const state = useConnectionState();
  const session = state.status === 'ready' ? state.session : 0;
  const [facts, setFacts] = useState<HostFacts | null>(null);
  useEffect(() => {
    if (session === 0) return;
    let isCurrent = true;
    host
      .procedures()
      .then((procedures) => procedures['host.describe']({}))
      .then(
        (described) => isCurrent && setFacts(described),
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [host, session]);
  return facts;
}
