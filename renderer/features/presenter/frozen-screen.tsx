/** While the picture is frozen no answer on it is asked again, whatever is imported or analysed meanwhile. */
import { useEffect } from 'react';
import { useEngine } from '../../client/engine-context.tsx';
import { usePresentation } from '../../stores/presentation.ts';

/** Mounted once in the shell; draws nothing. */
export function FrozenScreen() {
  const { cache } = useEngine();
  const isFrozen = usePresentation(({ frozenSinceMs }) => frozenSinceMs !== null);
  useEffect(() => {
    if (!isFrozen) return;
    cache.hold(true);
    return () => cache.hold(false);
  }, [cache, isFrozen]);
  return null;
}
