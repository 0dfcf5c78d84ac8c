/** Which part of the world is on the screen, and how large. Screen = (world − corner) · zoom. */
import type { Extent } from '../layout/placement.ts';

export interface Camera {
  /** World position of the view's left upper corner. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}
export interface ViewSize {
  readonly width: number;
  readonly height: number;
}

export const MIN_ZOOM = 0.03;
export const MAX_ZOOM = 3;
/** Nobody asked for a picture larger than this when a few nodes are fitted. */
const MAX_FIT_ZOOM = 1.15;

/** Names keep their size while the picture shrinks: above and below there is room for one more line. */
const LABEL_PX = 12;

export function fitCamera(extent: Extent, size: ViewSize, padding = 12, maxZoom = MAX_FIT_ZOOM): Camera {
  const width = Math.max(1, extent.right - extent.left);
  const height = Math.max(1, extent.bottom - extent.top);
  const free = size.height - 2 * (padding + LABEL_PX);
  const zoom = clampZoom(Math.min(maxZoom, (size.width - 2 * padding) / width, free / height));
  return {
    zoom,
    x: extent.left + width / 2 - size.width / 2 / zoom,
    y: extent.top + height / 2 - size.height / 2 / zoom,
  };
}

/** The point under the pointer stays under it. */
export function zoomAt(camera: Camera, factor: number, screenX: number, screenY: number): Camera {
  const zoom = clampZoom(camera.zoom * factor);
  return {
    zoom,
    x: camera.x + screenX / camera.zoom - screenX / zoom,
    y: camera.y + screenY / camera.zoom - screenY / zoom,
  };
}

export function panBy(camera: Camera, screenDx: number, screenDy: number): Camera {
  return { ...camera, x: camera.x - screenDx / camera.zoom, y: camera.y - screenDy / camera.zoom };
}

/** Moves the view just so far that the point has some room around it. */
export function bringIntoView(camera: Camera, size: ViewSize, x: number, y: number, room = 60): Camera {
  const left = (x - camera.x) * camera.zoom;
  const top = (y - camera.y) * camera.zoom;
  const dx = left < room ? left - room : left > size.width - room ? left - size.width + room : 0;
  const dy = top < room ? top - room : top > size.height - room ? top - size.height + room : 0;
  return dx === 0 && dy === 0 ? camera : panBy(camera, -dx, -dy);
}

export function clampZoom(zoom: number): number {
  return Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
}

/**
 * How much is said at a zoom (design.md §6): from 90 % all, from 60 % names, from 16 % shapes and the names of what is
 * unwell; under that a member of a box would be smaller than two pixels and boxes stand for them.
 */
export type Detail = 'all' | 'names' | 'notable' | 'boxes';
export function detailAt(zoom: number): Detail {
  return zoom >= 0.9 ? 'all' : zoom >= 0.6 ? 'names' : zoom >= 0.16 ? 'notable' : 'boxes';
}
