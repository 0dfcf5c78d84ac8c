/**
 * Requests of this page that went to another origin than the one that served it. The content policy allows none; this
 * counts what the browser saw, so that the status line says what is, not what should be.
 */
import { useEffect, useState } from 'react';

export function useForeignRequests(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const observer = new PerformanceObserver((list) => {
      const foreign = list.getEntries().filter(({ name }) => isForeign(name, window.location));
      if (foreign.length > 0) setCount((before) => before + foreign.length);
    });
    observer.observe({ type: 'resource', buffered: true });
    return () => observer.disconnect();
  }, []);
  return count;
}

/** Addresses without a network (`data:`, `blob:`) are not foreign. */
export function isForeign(address: string, { host }: Pick<Location, 'host'>): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  return /^(https?|wss?):$/.test(url.protocol) && url.host !== host;
}
