/**
 * Calls between two boxes, either way, as one line, ports sorted by where the other end is. When there are more pairs than a
 * picture bears, the busiest and the unwell are drawn and the rest counted.
 */
import type { Placement } from '../layout/placement.ts';
import { FAILING_CALLS } from '../model/scene.ts';
import type { Scene } from '../model/scene.ts';

export interface Bundle {
  readonly from: string;
  readonly to: string;
  readonly edgeCount: number;
  readonly calls: number;
  readonly state: 'plain' | 'degraded' | 'failing';
  /** World positions of both ports. */
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Both boxes stand in one column: the line runs up or down instead of across. */
  readonly isVertical: boolean;
  /** 0-1 of the busiest. */
  readonly weight: number;
}
export interface BundleSet {
  readonly bundles: readonly Bundle[];
  readonly totalCount: number;
}

const MOST_BUNDLES = 56;
const PORT_GAP = 30;

interface Draft {
  from: string;
  to: string;
  edgeCount: number;
  calls: number;
  failed: number;
  hasBad: boolean;
  state: Bundle['state'];
}

export function bundleScene(scene: Scene, place: Placement): BundleSet {
  if (scene.form === 'flat') return { bundles: [], totalCount: 0 };
  const drafts = new Map<string, Draft>();
  for (const edge of scene.edges) {
    const from = scene.nodes[edge.from]!;
    const to = scene.nodes[edge.to]!;
    if (from.group === to.group) continue;
    const key = from.group < to.group ? `${from.group}\u0000${to.group}` : `${to.group}\u0000${from.group}`;
    const draft = drafts.get(key) ?? {
      from: from.group,
      to: to.group,
      edgeCount: 0,
      calls: 0,
      failed: 0,
      hasBad: false,
      state: 'plain',
    };
    draft.edgeCount++;
    draft.calls += edge.calls;
    draft.failed += edge.calls * (edge.errorRatio ?? 0);
    draft.hasBad ||= edge.state !== 'plain';
    drafts.set(key, draft);
  }
  const all = [...drafts.values()];
  for (const draft of all)
    if (draft.hasBad) draft.state = draft.failed >= FAILING_CALLS * draft.calls ? 'failing' : 'degraded';
  all.sort(
    (a, b) =>
      Number(b.state !== 'plain') - Number(a.state !== 'plain') || b.calls - a.calls || b.edgeCount - a.edgeCount,
  );
  return { bundles: placePorts(all.slice(0, MOST_BUNDLES), place), totalCount: all.length };
}

function placePorts(drafts: readonly Draft[], place: Placement): readonly Bundle[] {
  const boxes = new Map(place.boxes.map((box) => [box.group, box]));
  const busiest = Math.max(1, ...drafts.map((draft) => draft.calls));
  const sides = new Map<string, { readonly bundle: number; readonly end: 0 | 1; readonly towards: number }[]>();
  const ends = drafts.map((draft, i) => {
    const a = boxes.get(draft.from);
    const b = boxes.get(draft.to);
    if (!a || !b) return null;
    const isVertical = a.x < b.x + b.width && b.x < a.x + a.width;
    const isForward = a.x < b.x;
    const note = (group: string, side: string, end: 0 | 1, towards: number): void => {
      const key = `${group}\u0000${side}`;
      const list = sides.get(key);
      if (list) list.push({ bundle: i, end, towards });
      else sides.set(key, [{ bundle: i, end, towards }]);
    };
    if (!isVertical) {
      note(draft.from, isForward ? 'right' : 'left', 0, b.y + b.height / 2);
      note(draft.to, isForward ? 'left' : 'right', 1, a.y + a.height / 2);
    }
    return { a, b, isVertical, isForward };
  });
  const portY = new Map<string, number>();
  for (const [key, list] of sides) {
    const box = boxes.get(key.slice(0, key.indexOf('\u0000')));
    if (!box) continue;
    list.sort((a, b) => a.towards - b.towards || a.bundle - b.bundle);
    const step = Math.min(PORT_GAP, (box.height * 0.8) / (list.length + 1));
    list.forEach(({ bundle, end }, k) =>
      portY.set(`${bundle} ${end}`, box.y + box.height / 2 + (k - (list.length - 1) / 2) * step),
    );
  }
  return drafts.flatMap((draft, i): Bundle[] => {
    const end = ends[i];
    if (!end) return [];
    const weight = Math.sqrt(draft.calls / busiest);
    const { a, b, isVertical, isForward } = end;
    if (isVertical) {
      const isDown = a.y < b.y;
      const x = Math.max(a.x, b.x) + Math.min(a.width, b.width) * (isDown ? 0.3 : 0.4);
      return [
        {
          ...draft,
          weight,
          isVertical,
          x0: x,
          y0: isDown ? a.y + a.height : a.y,
          x1: x,
          y1: isDown ? b.y : b.y + b.height,
        },
      ];
    }
    const y0 = portY.get(`${i} 0`) ?? a.y;
    const y1 = portY.get(`${i} 1`) ?? b.y;
    return [
      {
        ...draft,
        weight,
        isVertical,
        x0: isForward ? a.x + a.width : a.x,
        y0,
        x1: isForward ? b.x : b.x + b.width,
        y1,
      },
    ];
  });
}
