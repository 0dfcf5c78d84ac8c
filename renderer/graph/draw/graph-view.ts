/**
 * The graph on the screen: two picture canvases that swap, one canvas for hover and selection, and a camera. While the
 * camera moves, the finished picture is only shifted and scaled by the compositor; it is painted anew, in portions of a
 * few milliseconds on the hidden canvas, when the motion pauses or has left the painted margin. So a frame of panning
 * costs almost no script whatever the size of the graph.
 */
import type { Placement } from '../layout/placement.ts';
import type { Scene } from '../model/scene.ts';
import { bundleScene } from './bundles.ts';
import type { Bundle, BundleSet } from './bundles.ts';
import { fitCamera } from './camera.ts';
import type { Camera, ViewSize } from './camera.ts';
import { makeFrame } from './frame.ts';
import type { Frame } from './frame.ts';
import { NO_FOCUS, paintFocus, paintSelectedCalls } from './paint-focus.ts';
import type { Focus } from './paint-focus.ts';
import type { PaintedLabel } from './paint-labels.ts';
import { paintScene } from './paint-scene.ts';
import { SpriteSheet } from './sprites.ts';
import { textMeasure } from './text-measure.ts';
import type { GraphTheme } from './theme.ts';

/** Painted beyond each side of the view, so that a small pan needs no new picture. */
const MARGIN = 160;
const SETTLE_MS = 90;
/** Script spent on painting per frame of the page. */
const PORTION_MS = 2.5;
const MOST_PIXELS = 24e6;
/** A picture stretched more than this looks wrong before the pause comes. */
const STRETCH = 1.5;

interface Picture {
  readonly canvas: HTMLCanvasElement;
  camera: Camera;
  size: ViewSize;
}

export interface GraphViewEvents {
  /** After each motion of the camera; for zoom text and minimap. */
  readonly onCamera?: (camera: Camera) => void;
  /** Milliseconds of script one frame took; for benches. */
  readonly onFrame?: (scriptMs: number) => void;
  readonly onPainted?: () => void;
}

export class GraphView {
  readonly #host: HTMLElement;
  readonly #events: GraphViewEvents;
  readonly #measure = textMeasure();
  #front: Picture;
  #back: Picture;
  readonly #overlay: HTMLCanvasElement;
  #scene: Scene | null = null;
  #place: Placement | null = null;
  #bundles: BundleSet = { bundles: [], totalCount: 0 };
  #theme: GraphTheme;
  #sprites: SpriteSheet;
  #camera: Camera = { x: 0, y: 0, zoom: 1 };
  #size: ViewSize = { width: 0, height: 0 };
  #pixelRatio = 1;
  #scale = 1;
  #selected = -1;
  #focus: Focus = NO_FOCUS;
  #labels: readonly PaintedLabel[] = [];
  #painting: Generator<void, readonly PaintedLabel[]> | null = null;
  #paintingTo: { readonly camera: Camera; readonly size: ViewSize } | null = null;
  #frameRequest = 0;
  #lastMotion = -Infinity;
  #isPictureOld = true;
  #isOverlayOld = true;
  /** The camera was fitted and nobody has moved it since: it goes on fitting. */
  #isFitted = false;

  constructor(host: HTMLElement, theme: GraphTheme, events: GraphViewEvents = {}) {
    this.#host = host;
    this.#theme = theme;
    this.#events = events;
    this.#pixelRatio = window.devicePixelRatio || 1;
    this.#sprites = new SpriteSheet(theme, this.#pixelRatio);
    const picture = (): Picture => ({ canvas: this.#addCanvas(), camera: this.#camera, size: { width: 0, height: 0 } });
    this.#front = picture();
    this.#back = picture();
    this.#back.canvas.style.visibility = 'hidden';
    this.#overlay = this.#addCanvas();
    this.#overlay.style.pointerEvents = 'none';
  }

  get camera(): Camera {
    return this.#camera;
  }
  get size(): ViewSize {
    return this.#size;
  }
  get bundles(): readonly Bundle[] {
    return this.#bundles.bundles;
  }
  get bundleCount(): number {
    return this.#bundles.totalCount;
  }
  /** Names that found room, in pixels of the view as painted last. */
  get labels(): readonly PaintedLabel[] {
    return this.#labels;
  }

  show(scene: Scene, place: Placement): void {
    // A dragged node changes no bundle: those end at boxes.
    if (scene.edges !== this.#scene?.edges || place.boxes !== this.#place?.boxes) {
      this.#bundles = bundleScene(scene, place);
    }
    // A node that is being dragged shares its layout's bends: the ground must not move under the hand.
    const isOtherLayout = place.bends !== this.#place?.bends;
    this.#scene = scene;
    this.#place = place;
    this.#invalidate();
    if (this.#isFitted && isOtherLayout) this.fit();
  }
  setTheme(theme: GraphTheme): void {
    this.#theme = theme;
    this.#sprites = new SpriteSheet(theme, this.#pixelRatio);
    this.#invalidate();
  }
  setSize(width: number, height: number): void {
    const pixelRatio = window.devicePixelRatio || 1;
    if (width === this.#size.width && height === this.#size.height && pixelRatio === this.#pixelRatio) return;
    this.#size = { width, height };
    if (this.#isFitted) this.#camera = this.#place ? fitCamera(this.#place.extent, this.#size) : this.#camera;
    if (pixelRatio !== this.#pixelRatio) {
      this.#pixelRatio = pixelRatio;
      this.#sprites = new SpriteSheet(this.#theme, pixelRatio);
    }
    this.#invalidate();
  }
  setScale(scale: number): void {
    if (scale === this.#scale) return;
    this.#scale = scale;
    this.#invalidate();
  }
  setSelected(index: number): void {
    if (index === this.#selected) return;
    this.#selected = index;
    // Its name has the first claim, so the picture's labels may change.
    this.#invalidate();
  }
  setFocus(focus: Focus): void {
    this.#focus = focus;
    this.#isOverlayOld = true;
    this.#schedule();
  }
  setCamera(camera: Camera): void {
    this.#camera = camera;
    this.#isFitted = false;
    this.#lastMotion = performance.now();
    this.#isOverlayOld = true;
    this.#events.onCamera?.(camera);
    this.#schedule();
  }
  fit(padding?: number): void {
    if (!this.#place || this.#size.width === 0) return;
    this.#camera = fitCamera(this.#place.extent, this.#size, padding);
    this.#isFitted = true;
    this.#events.onCamera?.(this.#camera);
    this.#invalidate();
  }
  /** A frame for asking questions such as "what is here"; nothing is painted through it. */
  frameNow(): Frame | null {
    return this.#frame(this.#overlay, this.#camera, this.#size);
  }
  dispose(): void {
    cancelAnimationFrame(this.#frameRequest);
    for (const canvas of [this.#front.canvas, this.#back.canvas, this.#overlay]) canvas.remove();
  }

  #addCanvas(): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    canvas.style.position = 'absolute';
    canvas.style.transformOrigin = '0 0';
    this.#host.append(canvas);
    return canvas;
  }

  #invalidate(): void {
    this.#isPictureOld = true;
    this.#isOverlayOld = true;
    this.#painting = null;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#frameRequest === 0) this.#frameRequest = requestAnimationFrame(() => this.#onFrame());
  }

  #onFrame(): void {
    const started = performance.now();
    this.#frameRequest = 0;
    if (!this.#scene || !this.#place || this.#size.width === 0) return;
    const isMoving = started - this.#lastMotion < SETTLE_MS;
    if (!this.#painting && (this.#isPictureOld || (isMoving ? this.#isOutOfPicture() : this.#isOff())))
      this.#startPainting();
    if (this.#painting) this.#continuePainting(started);
    this.#shift(this.#front);
    if (this.#isOverlayOld) this.#paintOverlay();
    if (this.#painting || isMoving) this.#schedule();
    this.#events.onFrame?.(performance.now() - started);
  }

  /** The view shows ground that was not painted, or shows the picture badly stretched. */
  #isOutOfPicture(): boolean {
    const { camera, size } = this.#front;
    const k = this.#camera.zoom / camera.zoom;
    if (k > STRETCH || k < 1 / STRETCH) return true;
    const left = (camera.x - this.#camera.x) * this.#camera.zoom;
    const top = (camera.y - this.#camera.y) * this.#camera.zoom;
    return left > 0 || top > 0 || left + size.width * k < this.#size.width || top + size.height * k < this.#size.height;
  }
  #isOff(): boolean {
    return this.#front.camera.zoom !== this.#camera.zoom || this.#isOutOfPicture();
  }

  #startPainting(): void {
    const { zoom } = this.#camera;
    const camera = { zoom, x: this.#camera.x - MARGIN / zoom, y: this.#camera.y - MARGIN / zoom };
    const size = { width: this.#size.width + 2 * MARGIN, height: this.#size.height + 2 * MARGIN };
    const frame = this.#frame(this.#back.canvas, camera, size);
    if (!frame) return;
    this.#clear(this.#back.canvas, size);
    this.#isPictureOld = false;
    this.#painting = paintScene(frame);
    this.#paintingTo = { camera, size };
  }

  #continuePainting(started: number): void {
    while (this.#painting) {
      const step = this.#painting.next();
      if (step.done) this.#finishPainting(step.value);
      else if (performance.now() - started > PORTION_MS) return;
    }
  }

  #finishPainting(labels: readonly PaintedLabel[]): void {
    this.#painting = null;
    if (this.#paintingTo) Object.assign(this.#back, this.#paintingTo);
    const painted = this.#back;
    this.#back = this.#front;
    this.#front = painted;
    this.#front.canvas.style.visibility = 'visible';
    this.#back.canvas.style.visibility = 'hidden';
    this.#labels = labels;
    this.#isOverlayOld = true;
    this.#events.onPainted?.();
  }

  #shift({ canvas, camera }: Picture): void {
    const k = this.#camera.zoom / camera.zoom;
    const x = (camera.x - this.#camera.x) * this.#camera.zoom;
    const y = (camera.y - this.#camera.y) * this.#camera.zoom;
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
  }

  #paintOverlay(): void {
    this.#isOverlayOld = false;
    this.#clear(this.#overlay, this.#size);
    const isNothing = this.#selected < 0 && this.#focus === NO_FOCUS;
    const frame = isNothing ? null : this.#frame(this.#overlay, this.#camera, this.#size);
    if (!frame) return;
    paintSelectedCalls(frame);
    paintFocus(frame, this.#focus, this.#labelsNow());
  }

  /** Labels where the camera sees them now; none while the zoom differs from the painted one. */
  #labelsNow(): readonly PaintedLabel[] {
    const { camera } = this.#front;
    if (camera.zoom !== this.#camera.zoom) return [];
    const dx = (camera.x - this.#camera.x) * camera.zoom;
    const dy = (camera.y - this.#camera.y) * camera.zoom;
    return this.#labels.map((label) => ({ ...label, x: label.x + dx, y: label.y + dy }));
  }

  #clear(canvas: HTMLCanvasElement, size: ViewSize): void {
    const ratio = Math.min(this.#pixelRatio, Math.sqrt(MOST_PIXELS / Math.max(1, size.width * size.height)));
    const width = Math.round(size.width * ratio);
    const height = Math.round(size.height * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${size.width}px`;
      canvas.style.height = `${size.height}px`;
    }
    const context = canvas.getContext('2d');
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.clearRect(0, 0, width, height);
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  #frame(canvas: HTMLCanvasElement, camera: Camera, size: ViewSize): Frame | null {
    const pen = canvas.getContext('2d');
    if (!pen || !this.#scene || !this.#place) return null;
    return makeFrame({
      pen,
      theme: this.#theme,
      scene: this.#scene,
      place: this.#place,
      bundles: this.#bundles.bundles,
      camera,
      size,
      scale: this.#scale,
      selected: this.#selected,
      sprites: this.#sprites,
      measure: this.#measure,
    });
  }
}
