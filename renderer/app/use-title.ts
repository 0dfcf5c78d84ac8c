/** The title of tab and window: the case, masked like every other name. */
import { useEffect } from 'react';
import { useHost } from '../client/engine-context.tsx';
import { useNaming } from '../stores/naming.ts';
import { shownCaseName, useOpenCase } from '../stores/open-case.ts';

export function useTitle(): void {
  const open = useOpenCase();
  const naming = useNaming();
  const host = useHost();
  const title = open.status === 'open' ? `${shownCaseName(open.name, naming)} – Faultline` : 'Faultline';
  useEffect(() => {
    document.title = title;
    if (host.bridge.kind !== 'desktop') return;
    host
      .procedures()
      .then((procedures) => procedures['host.setTitle']({ title: title.slice(0, 300) }))
      .catch(() => undefined);
  }, [host, title]);
}
