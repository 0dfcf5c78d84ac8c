/**
 * Asks the worker for layouts. Only the newest question matters: an answer to an older one is dropped. Small pictures
 * are computed in place, since starting a worker would take longer than they do.
 */
import { computeLayout } from './compute-layout.ts';
import type { LayoutAnswer, LayoutRequest } from './layout-request.ts';

/** Up to this many nodes and edges a layout takes a few milliseconds. */
const IN_PLACE_SIZE = 160;

type WorkerMessage =
  { readonly id: number; readonly answer: LayoutAnswer } | { readonly id: number; readonly error: string };

export class LayoutClient {
  readonly #onAnswer: (answer: LayoutAnswer) => void;
  readonly #onError: (message: string) => void;
  #worker: Worker | null = null;
  #asked = 0;

  constructor(onAnswer: (answer: LayoutAnswer) => void, onError: (message: string) => void) {
    this.#onAnswer = onAnswer;
    this.#onError = onError;
  }

  ask(request: LayoutRequest): void {
    const id = ++this.#asked;
    if (request.ids.length + request.from.length <= IN_PLACE_SIZE) {
      const started = performance.now();
      this.#onAnswer({ ...computeLayout(request), layoutMs: performance.now() - started });
      return;
    }
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id, request });
  }

  dispose(): void {
    this.#asked = -1;
    this.#worker?.terminate();
    this.#worker = null;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.id !== this.#asked) return;
      if ('answer' in data) this.#onAnswer(data.answer);
      else this.#onError(data.error);
    };
    worker.onerror = (event) => this.#onError(event.message || 'The layout worker could not be started.');
    return worker;
  }
}
