/**
 * The graph as a table: same filter and selection, the cause path first, then the worst. Rows out of sight are no elements.
 */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Scene } from '../../graph/model/scene.ts';
import { latencyText, rateText, STATE_WORDS } from '../../graph/model/words.ts';
import { countText, percentText } from '../../stores/time-format.ts';
import { EntityMark } from '../../ui/entity-mark.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { callCount, calleesText, callersText, provenanceText, tableOrder } from './table-rows.ts';

const ROW_PX = 28;
const COLUMNS = [
  'Step',
  'Entity',
  'State',
  'Namespace',
  'Rate',
  'Errors',
  'p50',
  'p95',
  'Callers',
  'Callees',
  'Calls',
  'Known from',
] as const;

export function GraphTable(props: {
  readonly scene: Scene;
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onOpen: (index: number) => void;
}) {
  const { scene, selected } = props;
  const order = useMemo(() => tableOrder(scene), [scene]);
  const active = order.indexOf(selected);
  return (
    <div className="graph-table">
      <div className="graph-row head" aria-hidden="true">
        {COLUMNS.map((title, column) => (
          <span key={title} className={(column >= 4 && column <= 7) || column === 10 ? 'number' : ''}>
            {title}
          </span>
        ))}
      </div>
      <VirtualList
        count={order.length}
        rowHeight={ROW_PX}
        role="listbox"
        label={`Entities of the graph, ${order.length} rows: ${COLUMNS.join(', ')}`}
        activeIndex={active}
        onActiveChange={(row) => props.onSelect(order[row] ?? -1)}
        onOpen={(row) => props.onOpen(order[row] ?? -1)}
        renderRow={(row) => {
          const index = order[row] ?? -1;
          return (
            <TableRow
              scene={scene}
              index={index}
              isSelected={index === selected}
              onSelect={() => props.onSelect(index)}
              onOpen={() => props.onOpen(index)}
            />
          );
        }}
      />
    </div>
  );
}

function TableRow(props: {
  readonly scene: Scene;
  readonly index: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}) {
  const { scene, index } = props;
  const node = scene.nodes[index];
  if (!node) return null;
  const { stats } = node;
  const cells: readonly (readonly [string, ReactNode])[] = [
    ['', node.step > 0 ? String(node.step) : ''],
    [
      'graph-entity',
      <>
        <EntityMark type={node.entity?.type ?? 'namespace'} health={node.state} size={18} />
        <bdi className="cut" title={node.name}>
          {node.name}
        </bdi>
        {node.entity === null && <span className="text-3 detail">{node.foldedCount} folded</span>}
      </>,
    ],
    [node.state === 'failing' ? 'fail' : node.state === 'degraded' ? 'warn' : 'text-3', STATE_WORDS[node.state]],
    ['cut text-3', node.group],
    ['number', stats.requestsPerSecond === null ? '–' : rateText(stats.requestsPerSecond)],
    [
      `number ${node.state === 'failing' ? 'fail' : ''}`,
      stats.errorRatio === null ? '–' : percentText(stats.errorRatio),
    ],
    ['number', stats.latencyP50Ms === null ? '–' : latencyText(stats.latencyP50Ms)],
    ['number', stats.latencyP95Ms === null ? '–' : latencyText(stats.latencyP95Ms)],
    ['cut text-2', callersText(scene, index)],
    ['cut text-2', calleesText(scene, index)],
    ['number', countText(callCount(scene, index))],
    ['cut text-3', provenanceText(scene, index)],
  ];
  return (
    <div
      className="graph-row"
      role="option"
      aria-selected={props.isSelected}
      onClick={props.onSelect}
      onDoubleClick={props.onOpen}
    >
      {cells.map(([className, content], column) => (
        <span key={COLUMNS[column]} className={className}>
          {content}
        </span>
      ))}
    </div>
  );
}
