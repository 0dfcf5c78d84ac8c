/** The keys of an open trace. Beside another view only what that view has no use for. */
import { useActions } from '../../stores/actions.ts';
import type { WaterfallState } from './use-waterfall.ts';

export const TRACE_MODES = ['waterfall', 'compare', 'table'] as const;
export type TraceMode = (typeof TRACE_MODES)[number];

const group = 'Traces';

export function useTraceActions(properties: {
  readonly waterfall: WaterfallState;
  readonly mode: TraceMode;
  readonly setMode: (mode: TraceMode) => void;
  readonly canCompare: boolean;
  readonly isBeside: boolean;
}): void {
  const { waterfall, mode, setMode, canCompare } = properties;
  const { activeRow, activate, goToError, hasPath, setHasPath, reroot } = waterfall;
  const toggleMode = (other: TraceMode): void => setMode(mode === other ? 'waterfall' : other);
  const shared = [
    { id: 'traces.path', title: 'Critical path on or off', group, keys: ['r'], run: () => setHasPath(!hasPath) },
  ];
  const own = [
    { id: 'traces.next', title: 'Next span', group, keys: ['j'], run: () => activate(activeRow + 1) },
    { id: 'traces.previous', title: 'Previous span', group, keys: ['k'], run: () => activate(activeRow - 1) },
    { id: 'traces.nextError', title: 'Next failed span', group, keys: ['e'], run: () => goToError(1) },
    { id: 'traces.previousError', title: 'Previous failed span', group, keys: ['Shift+E'], run: () => goToError(-1) },
    {
      id: 'traces.compare',
      title: 'Compare with typical',
      group,
      keys: ['='],
      isDisabled: !canCompare,
      run: () => toggleMode('compare'),
    },
    { id: 'traces.twin', title: 'Table twin', group, keys: ['t'], run: () => toggleMode('table') },
    { id: 'traces.whole', title: 'The whole trace', group, keys: ['f'], run: () => reroot(-1) },
  ];
  useActions(properties.isBeside ? shared : [...shared, ...own]);
}
