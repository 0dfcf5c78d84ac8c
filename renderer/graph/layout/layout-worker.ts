/** Worker entry: layouts are computed here, so that the page never waits for one. */
import { computeLayout } from './compute-layout.ts';
import type { LayoutAnswer, LayoutRequest } from './layout-request.ts';

interface WorkerScope {
  onmessage: ((event: MessageEvent<{ readonly id: number; readonly request: LayoutRequest }>) => void) | null;
  postMessage(message: unknown): void;
}
const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data: { id, request } }) => {
  const started = performance.now();
  try {
    const answer: LayoutAnswer = { ...computeLayout(request), layoutMs: performance.now() - started };
    scope.postMessage({ id, answer });
  } catch (error) {
    scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
