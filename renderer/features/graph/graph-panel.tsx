/**
 * The dependency graph with everything around it: header, filter, levels, canvas with legend and tooltip, table twin, and
 * in its full size the Show panel with minimap. The canvas paints itself; this renders only when something is chosen.
 * Screen readers get one sentence and the table twin; the canvas itself is one focusable group with keys.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { blastRadius } from '../../graph/model/blast-radius.ts';
import { bringIntoView, zoomAt } from '../../graph/draw/camera.ts';
import type { Camera } from '../../graph/draw/camera.ts';
import type { Focus } from '../../graph/draw/paint-focus.ts';
import type { Hit } from '../../graph/interact/hit-test.ts';
import { walk, walkDirection } from '../../graph/interact/keyboard-walk.ts';
import { NO_PLACES } from '../../graph/layout/layout-request.ts';
import { nodeFacts, sceneSentence } from '../../graph/model/words.ts';
import { announce } from '../../stores/announce.ts';
import { GraphHeader } from './graph-header.tsx';
import { GraphLegend } from './graph-legend.tsx';
import { GraphSide } from './graph-side.tsx';
import { GraphTable } from './graph-table.tsx';
import { GraphTooltip } from './graph-tooltip.tsx';
import type { TooltipState } from './graph-tooltip.tsx';
import type { GraphPanelProps } from './graph-types.ts';
import { useExport } from './use-export.ts';
import { useGraphActions } from './use-graph-actions.ts';
import { NO_FOCUS, useGraphCanvas } from './use-graph-canvas.ts';
import { ONLY_UNHEALTHY, useScene } from './use-scene.ts';
import './graph.css';

const ZOOM_STEP = 1.25;
const PAN_PX = 80;
/** From this size on the full view has a minimap worth its place. */
const MINIMAP_FROM = 40;

export function GraphPanel(props: GraphPanelProps) {
  const { selectedKey, hoveredKey, isWhole } = props;
  const used = useScene(props);
  const { scene, base } = used;
  const places = props.places[used.placesKey] ?? NO_PLACES;
  const [arranged, setArranged] = useState(0);
  const [isTable, setTable] = useState(false);
  const [isBlast, setBlast] = useState(false);
  const [hover, setHover] = useState<TooltipState | null>(null);
  const [camera, setCamera] = useState<Camera | null>(null);
  const cameraTimer = useRef(0);
  const selected = useMemo(() => indexOfKey(scene, selectedKey), [scene, selectedKey]);
  const latest = useRef({ scene, props });
  latest.current = { scene, props };

  const select = (index: number): void => {
    const entity = scene.nodes[index]?.entity;
    if (entity) props.onSelect(entity);
  };
  const openGroup = (group: string): void => props.onFilterChange(`namespace = "${group.replaceAll('"', '')}"`);
  const canvas = useGraphCanvas(
    { base, scene, places, placesKey: `${used.placesKey}#${arranged}`, selected, scale: props.scale ?? 1 },
    {
      onHover: (hit, x, y) => {
        setHover(hit && { hit, x, y });
        const node = hit?.kind === 'node' ? scene.nodes[hit.index] : undefined;
        props.onHover(node?.entity ?? null);
      },
      onClick: (hit) => {
        setHover(null);
        if (hit?.kind === 'node') {
          const node = scene.nodes[hit.index];
          if (node?.entity) props.onSelect(node.entity);
          else if (node) openGroup(node.group);
        } else if (!hit) props.onSelect(null);
      },
      onOpen: (hit) => openHit(hit, props, openGroup, scene),
      onPlaced: (next) => props.onPlacesChange(used.placesKey, next),
      onCamera: (next) => {
        // The zoom text and the minimap may lag; nothing per frame goes through React.
        window.clearTimeout(cameraTimer.current);
        cameraTimer.current = window.setTimeout(() => setCamera(next), 60);
      },
    },
  );

  const blast = useMemo(() => {
    const key = scene.nodes[selected]?.key ?? scene.nodes[scene.path[0] ?? -1]?.key;
    const index = key === undefined ? undefined : scene.data.indexOf.get(key);
    return isBlast && index !== undefined ? blastRadius(scene.data, index) : null;
  }, [isBlast, scene, selected]);
  const outsideHover = useMemo(() => indexOfKey(scene, hoveredKey), [scene, hoveredKey]);
  useFocus(canvas.setFocus, hover?.hit ?? null, outsideHover, blast);

  const goTo = useCallback(
    (index: number) => {
      const view = canvas.view.current;
      if (!view || !canvas.place || index < 0) return;
      view.setCamera(bringIntoView(view.camera, view.size, canvas.place.x[index] ?? 0, canvas.place.y[index] ?? 0));
    },
    [canvas.view, canvas.place],
  );
  const exported = useExport(scene, canvas.place, props);
  useGraphActions({
    isWhole,
    isUnhealthyOnly: used.filterText === ONLY_UNHEALTHY,
    toggleTable: () => setTable((is) => !is),
    toggleBlast: () => setBlast((is) => !is),
    toggleUnhealthy: () => props.onFilterChange(used.filterText === ONLY_UNHEALTHY ? '' : ONLY_UNHEALTHY),
    toggleWhole: () => props.onWholeChange(!isWhole),
    fit: canvas.fit,
    arrange: () => {
      props.onPlacesChange(used.placesKey, NO_PLACES);
      setArranged((count) => count + 1);
    },
    exportAs: exported.save,
    copyPicture: exported.copy,
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const view = canvas.view.current;
    if (!view || !canvas.place) return;
    const direction = walkDirection(event.key);
    const center = [view.size.width / 2, view.size.height / 2] as const;
    if (direction && event.shiftKey) {
      const [dx, dy] = { caller: [PAN_PX, 0], callee: [-PAN_PX, 0], up: [0, PAN_PX], down: [0, -PAN_PX] }[direction];
      view.setCamera({
        ...view.camera,
        x: view.camera.x - (dx ?? 0) / view.camera.zoom,
        y: view.camera.y - (dy ?? 0) / view.camera.zoom,
      });
    } else if (direction) {
      const next = walk(scene, canvas.place, selected, direction);
      if (next < 0) return;
      select(next);
      goTo(next);
      announce(nodeFacts(scene, next).join('. '));
    } else if (event.key === '+' || event.key === '=') view.setCamera(zoomAt(view.camera, ZOOM_STEP, ...center));
    else if (event.key === '-') view.setCamera(zoomAt(view.camera, 1 / ZOOM_STEP, ...center));
    else if (event.key === 'f' || event.key === '0') view.fit();
    else if (event.key === 'Enter')
      openHit(selected < 0 ? null : { kind: 'node', index: selected }, props, openGroup, scene);
    else if (event.key === 'Escape' && selected >= 0) props.onSelect(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <section className={`panel graph-panel ${isWhole ? 'whole' : ''}`} aria-label="Dependency graph">
      <GraphHeader
        {...props}
        used={used}
        isTable={isTable}
        onTable={() => setTable(!isTable)}
        isBlast={isBlast}
        onBlast={() => setBlast(!isBlast)}
        blast={blast}
        exportAs={exported.save}
        bundleCount={canvas.view.current?.bundleCount ?? 0}
        drawnBundles={canvas.view.current?.bundles.length ?? 0}
      />
      <div className="graph-body">
        <p className="visually-hidden">{sceneSentence(scene)} The table below the graph lists the same.</p>
        {isTable && (
          <GraphTable
            scene={scene}
            selected={selected}
            onSelect={select}
            onOpen={(index) => openHit({ kind: 'node', index }, props, openGroup, scene)}
          />
        )}
        <div className="graph-stage" hidden={isTable}>
          <div
            ref={canvas.host}
            className="graph-canvas"
            role="group"
            tabIndex={0}
            aria-label={`${sceneSentence(scene)} Arrow keys walk along calls, T shows the table.`}
            onKeyDown={onKeyDown}
          />
          {canvas.isLayingOut && !canvas.place && (
            <p className="graph-note" role="status">
              Arranging {scene.nodes.length} entities.
            </p>
          )}
          {canvas.error !== null && (
            <p className="graph-note" role="alert">
              The graph could not be arranged: {canvas.error} The table (T) has everything.
            </p>
          )}
          {scene.nodes.length === 0 && (
            <GraphEmpty isFiltered={!used.isDefaultFilter} onClear={() => props.onFilterChange('')} />
          )}
          {hover && <GraphTooltip scene={scene} state={hover} view={canvas.view} />}
          <GraphLegend scene={scene} zoom={camera?.zoom ?? 1} />
        </div>
        {isWhole && (
          <GraphSide
            {...props}
            used={used}
            selected={selected}
            onSelectIndex={(index) => {
              select(index);
              goTo(index);
            }}
            isBlast={isBlast}
            onBlast={() => setBlast(!isBlast)}
            minimap={
              canvas.place && scene.nodes.length >= MINIMAP_FROM
                ? { view: canvas.view, place: canvas.place, camera }
                : null
            }
          />
        )}
      </div>
    </section>
  );
}

function GraphEmpty({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  return (
    <div className="state graph-empty">
      <h2>{isFiltered ? 'The filter keeps nothing.' : 'No entity calls another in this case.'}</h2>
      <div>
        {isFiltered
          ? 'No entity of this level matches it.'
          : 'A graph is drawn from traces, Kubernetes objects, flow logs or a service catalogue. Import one of them to see who depends on whom.'}
      </div>
      {isFiltered && (
        <button type="button" className="button" onClick={onClear}>
          Show the default scope
        </button>
      )}
    </div>
  );
}

function openHit(
  hit: Hit | null,
  props: GraphPanelProps,
  openGroup: (group: string) => void,
  scene: ReturnType<typeof useScene>['scene'],
): void {
  if (hit?.kind === 'group') openGroup(hit.group);
  const node = hit?.kind === 'node' ? scene.nodes[hit.index] : undefined;
  if (!node) return;
  if (node.entity === null || node.entity.type === 'namespace') {
    if (node.entity) props.onLevelChange('service');
    openGroup(node.group || node.name);
  } else props.onOpen(node.entity);
}

/** The node that shows an entity: itself, or what it is lifted to at this level. */
function indexOfKey(scene: ReturnType<typeof useScene>['scene'], key: string | null): number {
  if (key === null) return -1;
  const own = scene.indexOf.get(key);
  if (own !== undefined) return own;
  const lifted = scene.data.nodes[scene.data.nodeOfEntity.get(key) ?? -1]?.key;
  return lifted === undefined ? -1 : (scene.indexOf.get(lifted) ?? -1);
}

function useFocus(
  setFocus: (focus: Focus) => void,
  hit: Hit | null,
  outsideHover: number,
  blast: Focus['blast'],
): void {
  const node = hit?.kind === 'node' ? hit.index : hit ? -1 : outsideHover;
  const edge = hit?.kind === 'edge' ? hit.index : -1;
  const group = hit?.kind === 'group' ? hit.group : null;
  const isNothing = node < 0 && edge < 0 && group === null && blast === null;
  useEffect(
    () => setFocus(isNothing ? NO_FOCUS : { node, edge, group, blast }),
    [setFocus, isNothing, node, edge, group, blast],
  );
}
