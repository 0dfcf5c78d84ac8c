/** The graph's entries in command box, key sheet and palette. */
import { useActions } from '../../stores/actions.ts';

const GROUP = 'Graph';

export function useGraphActions(graph: {
  readonly isWhole: boolean;
  readonly isUnhealthyOnly: boolean;
  readonly toggleTable: () => void;
  readonly toggleBlast: () => void;
  readonly toggleUnhealthy: () => void;
  readonly toggleWhole: () => void;
  readonly fit: () => void;
  readonly arrange: () => void;
  readonly exportAs: (kind: 'svg' | 'png') => void;
  readonly copyPicture: () => void;
}): void {
  useActions([
    { id: 'graph.table', title: 'Graph as a table', group: GROUP, keys: ['t'], run: graph.toggleTable },
    {
      id: 'graph.unhealthy',
      title: graph.isUnhealthyOnly ? 'Graph: default scope' : 'Graph: only unhealthy',
      group: GROUP,
      keys: ['u'],
      run: graph.toggleUnhealthy,
    },
    {
      id: 'graph.blast',
      title: 'Blast radius, callers and callees',
      group: GROUP,
      keys: ['b'],
      run: graph.toggleBlast,
    },
    {
      id: 'graph.whole',
      title: graph.isWhole ? 'Graph: back to the incident’s part' : 'Graph: everything',
      group: GROUP,
      run: graph.toggleWhole,
    },
    { id: 'graph.fit', title: 'Fit the graph (f while it has the focus)', group: GROUP, run: graph.fit },
    {
      id: 'graph.arrange',
      title: 'Arrange the graph anew, forgetting places and pins',
      group: GROUP,
      run: graph.arrange,
    },
    { id: 'graph.svg', title: 'Export the whole graph as SVG', group: GROUP, run: () => graph.exportAs('svg') },
    { id: 'graph.copy', title: 'Copy the whole graph as a picture', group: GROUP, run: graph.copyPicture },
    { id: 'graph.png', title: 'Export the whole graph as PNG', group: GROUP, run: () => graph.exportAs('png') },
  ]);
}
