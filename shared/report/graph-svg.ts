/**
 * The dependency graph of one incident as SVG text: shape says type, ring and mark say health, width says traffic, the
 * thick path leads from cause to symptom. Colours are CSS variables of the report's style sheet; every state has a form
 * and a word besides its colour.
 */
import { layeredLayout, type Point } from '../layout/layered-layout.ts';
import type { GraphEdge, GraphNode } from '../model/analysis-result.ts';
import { entityKey, type EntityType } from '../model/entity.ts';
import { percent, significant } from './format.ts';
import { html, raw, type Html } from './html-text.ts';
import type { IncidentGraph } from './incident-graph.ts';

const RADIUS = 17;
const LABEL_HEIGHT = 32;
const MARGIN = 28;

/** An SVG element with a title and a one-sentence description for screen readers. */
export function graphSvg(graph: IncidentGraph, id: string): Html {
  const layout = layeredLayout(
    graph.nodes.map((node) => ({
      id: entityKey(node.entity),
      width: Math.max(2 * RADIUS, 6.8 * Math.max(Math.min(24, node.entity.name.length), worstValue(node).length)),
      height: 2 * RADIUS + LABEL_HEIGHT + 10,
    })),
    graph.edges.map((edge) => ({ from: entityKey(edge.from), to: entityKey(edge.to) })),
    { layerGap: 64, nodeGap: 12 },
  );
  const lift = -LABEL_HEIGHT / 2;
  const onPath = new Set(graph.causePath.slice(1).map((key, i) => `${key}>${graph.causePath[i] ?? ''}`));
  const edges = graph.edges.map((edge, i) => {
    const isPath = onPath.has(`${entityKey(edge.from)}>${entityKey(edge.to)}`);
    return { isPath, part: edgePart(edge, layout.routes[i] ?? [], isPath, lift) };
  });
  const nodes = graph.nodes.map((node) => {
    const at = layout.positions.get(entityKey(node.entity)) ?? { x: 0, y: 0 };
    return nodePart(node, { x: at.x, y: at.y + lift }, graph.causePath.indexOf(entityKey(node.entity)));
  });
  const width = Math.ceil(layout.width + 2 * MARGIN + 40);
  const height = Math.ceil(layout.height + 2 * MARGIN);
  return html`<svg class="graph" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="${-MARGIN - 20} ${-MARGIN} ${width} ${height}" width="${width}" height="${height}">
<title id="${id}-title">Dependency graph of the incident</title>
<desc id="${id}-desc">${describe(graph)}</desc>
<defs><marker id="${id}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 7 4 0 7z" class="arrow"/></marker></defs>
<g marker-end="url(#${id}-arrow)">${edges.filter((e) => !e.isPath).map((e) => e.part)}</g>
<g>${edges.filter((e) => e.isPath).map((e) => e.part)}</g>
<g>${nodes}</g>
</svg>`;
}

function describe(graph: IncidentGraph): string {
  const failing = graph.nodes.filter((n) => n.health === 'failing').length;
  const degraded = graph.nodes.filter((n) => n.health === 'degraded').length;
  const names = graph.causePath.map((key) => key.slice(key.indexOf(':') + 1));
  const path = names.length > 1 ? ` The fault travels ${names.join(' to ')}.` : '';
  return `${graph.nodes.length} entities drawn, ${failing} failing, ${degraded} degraded.${path}`;
}

function edgePart(edge: GraphEdge, route: readonly Point[], isPath: boolean, lift: number): Html {
  if (route.length < 2) return raw('');
  const points = route.map((p) => ({ x: p.x, y: p.y + lift }));
  const path = curve(trim(points));
  const width = isPath ? 5 : 1.2 + Math.min(3, Math.sqrt(edge.calls) / 60);
  const state = (edge.errorRatio ?? 0) >= 0.05 ? 'bad' : 'plain';
  const isInferred = !edge.provenance.includes('spans');
  const facts = [
    `${edge.from.name} ${edge.edgeKind === 'calls' ? 'calls' : edge.edgeKind === 'runsOn' ? 'runs on' : 'belongs to'} ${edge.to.name}`,
    edge.calls > 0 ? `${significant(edge.calls)} calls` : 'no calls seen',
    edge.errorRatio === null ? '' : `${percent(edge.errorRatio)} errors`,
    edge.latencyP95Ms === null ? '' : `p95 ${significant(edge.latencyP95Ms)} ms`,
    `known from ${edge.provenance.join(', ')}`,
  ].filter(Boolean);
  const line = html`<path d="${path}" class="edge ${isPath ? 'cause' : state}${isInferred ? ' inferred' : ''}" stroke-width="${width.toFixed(1)}"><title>${facts.join(' · ')}</title></path>`;
  return isPath ? html`<path d="${path}" class="edge casing" stroke-width="9"/>${line}` : line;
}

/** Ends the line at the shapes' rims instead of their centres. */
function trim(points: readonly Point[]): readonly Point[] {
  const out = [...points];
  out[0] = toward(points[0] as Point, points[1] as Point, RADIUS + 4);
  const last = points.length - 1;
  out[last] = toward(points[last] as Point, points[last - 1] as Point, RADIUS + 6);
  return out;
}
function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const t = Math.min(0.5, distance / length);
  return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}

/** Horizontal tangents at every point, as layered drawings are read left to right. */
function curve(points: readonly Point[]): string {
  const first = points[0] as Point;
  let d = `M${first.x.toFixed(1)} ${first.y.toFixed(1)}`;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    const middle = (a.x + b.x) / 2;
    d += `C${middle.toFixed(1)} ${a.y.toFixed(1)} ${middle.toFixed(1)} ${b.y.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  }
  return d;
}

function nodePart(node: GraphNode, at: Point, pathIndex: number): Html {
  const { name, type } = node.entity;
  const label = name.length > 24 ? `${name.slice(0, 11)}…${name.slice(-12)}` : name;
  const value = worstValue(node);
  const facts = [`${type} ${name}`, node.health, value, node.isInstrumented ? '' : 'sends no telemetry of its own'];
  const body = raw(`<path d="${shapePath(type)}" class="body"/>`);
  const number = pathIndex >= 0 ? html`<text y="4" class="step">${pathIndex + 1}</text>` : null;
  return html`<g class="node ${node.health}${pathIndex >= 0 ? ' on-path' : ''}" transform="translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})"><title>${facts.filter(Boolean).join(' · ')}</title>${rings(node)}${body}${number}<text y="${RADIUS + 17}" class="name">${label}</text>${value ? html`<text y="${RADIUS + 31}" class="value">${value}</text>` : null}</g>`;
}

function rings(node: GraphNode): Html {
  if (node.health === 'failing') {
    return raw(
      `<circle r="${RADIUS + 3}" class="ring"/><circle r="${RADIUS + 6.5}" class="ring thin"/><g transform="translate(${RADIUS} ${-RADIUS})"><path d="M-3-7h6l4 4v6l-4 4h-6l-4-4v-6z" class="mark"/><text y="4" class="sign">!</text></g>`,
    );
  }
  if (node.health === 'degraded') {
    return raw(
      `<circle r="${RADIUS + 4}" class="ring" stroke-dasharray="100 32" pathLength="132" transform="rotate(-40)"/><path transform="translate(${RADIUS} ${-RADIUS})" d="M0-7 7 6H-7z" class="mark"/>`,
    );
  }
  return node.health === 'unknown' ? raw(`<circle r="${RADIUS + 4}" class="ring dashed"/>`) : raw('');
}

function worstValue(node: GraphNode): string {
  if (node.health !== 'failing' && node.health !== 'degraded') return '';
  const parts: string[] = [];
  if (node.latencyP95Ms !== null) parts.push(`p95 ${significant(node.latencyP95Ms)} ms`);
  if ((node.errorRatio ?? 0) >= 0.01) parts.push(`${percent(node.errorRatio ?? 0)} err`);
  return parts.join(' · ');
}

/** Outline around (0, 0) within RADIUS. */
function shapePath(type: EntityType): string {
  switch (type) {
    case 'database':
      return 'M-14-10c0-7 28-7 28 0v20c0 7-28 7-28 0zM-14-10c0 6 28 6 28 0';
    case 'queue':
      return 'M-16-10h32v20h-32zM-5-10v20M6-10v20';
    case 'external':
      return 'M-7-16h14l9 9v14l-9 9h-14l-9-9v-14z';
    case 'instance':
    case 'node':
      return 'M-14-14h28v28h-28z';
    case 'workload':
    case 'namespace':
    case 'resource':
      return 'M-15-9h30v22h-30zM-11-9v-5h22v5';
    case 'service':
      return 'M-16 0a16 16 0 1 0 32 0a16 16 0 1 0-32 0z';
  }
}
