/** Title, what is shown of how much, window, filter with its complaint, levels, and the buttons of the graph. */
import { useEffect, useId, useState } from 'react';
import type { BlastRadius } from '../../graph/model/blast-radius.ts';
import { FILTER_FIELDS, parseFilter } from '../../graph/model/filter-expression.ts';
import type { GraphLevel } from '../../graph/model/graph-data.ts';
import { useMaskedBox } from '../../stores/masked-box.ts';
import { countText } from '../../stores/time-format.ts';
import { IconButton, Segmented } from '../../ui/controls.tsx';
import type { GraphPanelProps } from './graph-types.ts';
import { MOST_AT_ONCE, ONLY_UNHEALTHY } from './use-scene.ts';
import type { UsedScene } from './use-scene.ts';

const LEVELS: readonly { readonly value: GraphLevel; readonly label: string }[] = [
  { value: 'namespace', label: 'Namespace' },
  { value: 'service', label: 'Service' },
  { value: 'instance', label: 'Instance' },
];
/** Typing rests this long before the graph follows. */
const TYPING_MS = 250;

export function GraphHeader(
  props: GraphPanelProps & {
    readonly used: UsedScene;
    readonly isTable: boolean;
    readonly onTable: () => void;
    readonly isBlast: boolean;
    readonly onBlast: () => void;
    readonly blast: BlastRadius | null;
    readonly exportAs: (kind: 'svg' | 'png') => void;
    readonly bundleCount: number;
    readonly drawnBundles: number;
  },
) {
  const { used, isWhole } = props;
  const isOnlyUnhealthy = used.filterText === ONLY_UNHEALTHY;
  return (
    <header className="panel-header graph-header">
      <h2>Graph</h2>
      <span className="text-3 cut graph-counts" title={countsText(props)}>
        {countsText(props)}
      </span>
      <FilterBox
        text={props.filterText}
        shown={used.filterText}
        isDefault={used.isDefaultFilter}
        isWhole={isWhole}
        onChange={props.onFilterChange}
      />
      <Segmented label="Level of the graph" value={props.level} options={LEVELS} onChange={props.onLevelChange} />
      <span className="graph-buttons">
        <IconButton
          icon="critical"
          label="Only unhealthy (U)"
          isPressed={isOnlyUnhealthy}
          onClick={() => props.onFilterChange(isOnlyUnhealthy ? '' : ONLY_UNHEALTHY)}
        />
        <IconButton
          icon="focus"
          label="Blast radius, callers and callees (B)"
          isPressed={props.isBlast}
          onClick={props.onBlast}
        />
        <IconButton icon="table" label="Table twin (T)" isPressed={props.isTable} onClick={props.onTable} />
        <IconButton
          icon="download"
          label="Export the whole graph as SVG; PNG is in the command box"
          onClick={() => props.exportAs('svg')}
        />
        <IconButton
          icon="maximise"
          label={isWhole ? 'Back to the incident’s part' : 'Whole graph'}
          isPressed={isWhole}
          onClick={() => props.onWholeChange(!isWhole)}
        />
      </span>
    </header>
  );
}

function countsText(props: Parameters<typeof GraphHeader>[0]): string {
  const { used, blast } = props;
  const { scene } = used;
  const total = scene.totalCount;
  const entities =
    scene.matchCount === total
      ? `${countText(total)} ${total === 1 ? 'entity' : 'entities'}`
      : `${countText(scene.matchCount)} of ${countText(total)}`;
  if (blast)
    return `${counted(blast.callerCount, 'caller')}, ${blast.observedCount} hit · ${counted(blast.calleeCount, 'callee')}`;
  const bundles =
    scene.form === 'grouped' && props.bundleCount > 0
      ? `, ${countText(scene.edges.length)} edges in ${props.bundleCount} bundles${props.drawnBundles < props.bundleCount ? ` (busiest ${props.drawnBundles} drawn)` : ''}`
      : '';
  const large =
    scene.data.level === 'namespace' && props.graph.nodes.length > MOST_AT_ONCE
      ? ` · ${countText(props.graph.nodes.length)} in all: opened by namespace`
      : '';
  const values = props.windowText === '' ? '' : `values ${props.windowText}`;
  return [`${entities}${bundles}${large}`, values].filter(Boolean).join(' · ');
}

function counted(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? '' : 's'}`;
}

function FilterBox(props: {
  readonly text: string;
  readonly shown: string;
  readonly isDefault: boolean;
  readonly isWhole: boolean;
  readonly onChange: (text: string) => void;
}) {
  const { text, onChange } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const complaintId = useId();
  const listId = useId();
  useEffect(() => setDraft(null), [text]);
  useEffect(() => {
    if (draft === null || draft === text) return undefined;
    const timer = setTimeout(() => onChange(draft), TYPING_MS);
    return () => clearTimeout(timer);
  }, [draft, text, onChange]);
  const value = draft ?? (props.isDefault ? props.shown : text);
  const shown = useMaskedBox('graph', value, setDraft);
  const result = parseFilter(value === '*' ? '' : value);
  return (
    <span className="graph-filter">
      <input
        className="field mono"
        type="text"
        {...shown}
        aria-label="Filter the graph"
        aria-invalid={!result.isValid}
        aria-describedby={result.isValid ? undefined : complaintId}
        placeholder="filter: health != ok, type = db …"
        title={`Fields: ${FILTER_FIELDS.join(', ')}. Operators: = != < <= > >= ~ and or not. Words search names; * shows everything.`}
        list={listId}
        spellCheck={false}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChange(draft ?? text);
          if (event.key === 'Escape') {
            setDraft(null);
            onChange('');
          }
        }}
      />
      <datalist id={listId}>
        {[
          '*',
          'health != ok or hop(cause) <= 1',
          ONLY_UNHEALTHY,
          'type = database',
          'rate > 10',
          'error > 1%',
          'p95 > 500ms',
          'changed',
          'hop(selected) <= 1',
        ].map((example) => (
          <option key={example} value={example} />
        ))}
      </datalist>
      {!result.isValid && (
        <span id={complaintId} className="graph-complaint" role="status">
          {result.message}
        </span>
      )}
    </span>
  );
}
