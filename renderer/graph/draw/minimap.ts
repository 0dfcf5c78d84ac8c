/** The whole at the size of a stamp: boxes or dots, the cause path, and a frame around what the screen shows. */
import type { Placement } from '../layout/placement.ts';
import type { Scene } from '../model/scene.ts';
import type { Camera, ViewSize } from './camera.ts';
import type { GraphTheme } from './theme.ts';

export interface MinimapView {
  /** World pixels per pixel of the map. */
  readonly step: number;
  readonly left: number;
  readonly top: number;
}

export function minimapView({ extent }: Placement, size: ViewSize): MinimapView {
  const width = extent.right - extent.left;
  const height = extent.bottom - extent.top;
  const step = Math.max(width / size.width, height / size.height);
  return {
    step,
    left: extent.left - (size.width * step - width) / 2,
    top: extent.top - (size.height * step - height) / 2,
  };
}

export function paintMinimap(
  context: CanvasRenderingContext2D,
  theme: GraphTheme,
  scene: Scene,
  place: Placement,
  size: ViewSize,
  camera: Camera,
  screen: ViewSize,
): void {
  const view = minimapView(place, size);
  const x = (world: number): number => (world - view.left) / view.step;
  const y = (world: number): number => (world - view.top) / view.step;
  context.clearRect(0, 0, size.width, size.height);
  const unwell = new Map(
    scene.groups.map((group) => [
      group.key,
      group.failingCount > 0 ? theme.failFill : group.degradedCount > 0 ? theme.warnFill : null,
    ]),
  );
  for (const box of place.boxes) {
    context.fillStyle = theme.surface3;
    context.fillRect(x(box.x), y(box.y), box.width / view.step, box.height / view.step);
    const colour = unwell.get(box.group);
    if (!colour) continue;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.strokeRect(x(box.x), y(box.y), box.width / view.step, box.height / view.step);
  }
  if (place.boxes.length === 0) {
    context.fillStyle = theme.series3;
    for (let i = 0; i < place.x.length; i++) context.fillRect(x(place.x[i]!) - 1.5, y(place.y[i]!) - 1.5, 3, 3);
  }
  context.strokeStyle = theme.changeFill;
  context.lineWidth = 2.5;
  context.lineJoin = 'round';
  context.beginPath();
  scene.path.forEach((index, i) => {
    if (i === 0) context.moveTo(x(place.x[index]!), y(place.y[index]!));
    else context.lineTo(x(place.x[index]!), y(place.y[index]!));
  });
  context.stroke();
  context.strokeStyle = theme.accent;
  context.lineWidth = 2;
  const left = Math.max(1, x(camera.x));
  const top = Math.max(1, y(camera.y));
  const right = Math.min(size.width - 1, x(camera.x + screen.width / camera.zoom));
  const bottom = Math.min(size.height - 1, y(camera.y + screen.height / camera.zoom));
  if (right > left && bottom > top) {
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, 3);
    context.stroke();
  }
}
