/**
 * Calls of the contract from inside a page, through the bridge of the preload script and without the page's own code, so
 * that specs of the host say what the host does.
 */
import type { Page } from '@playwright/test';
import { CONTRACT_VERSION } from '../../../shared/contract/hello.ts';

export interface PortCall {
  readonly kind: 'engine' | 'host';
  readonly procedure: string;
  readonly input?: unknown;
}
/** What the other side said: the output, the code and message of its error, or nothing because the port closed. */
export type PortAnswer =
  { readonly output: unknown } | { readonly code: string; readonly message: string } | { readonly isClosed: true };

/** The page's globals, as far as the call below needs them: tests are compiled without DOM types. */
interface PageScope {
  readonly faultlineDesktop: { requestPort(kind: string, requestId: string): void };
  addEventListener(type: 'message', listener: (event: PortEvent) => void): void;
}
interface PortEvent {
  readonly data: Frame & { readonly requestId?: string };
  readonly ports: readonly PagePort[];
}
interface PagePort {
  addEventListener(type: 'message' | 'close', listener: (event: PortEvent) => void): void;
  start(): void;
  postMessage(message: unknown): void;
}
interface Frame {
  readonly type?: string;
  readonly output?: unknown;
  readonly event?: unknown;
  readonly chunk?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** One call on a port of its own; of a feed the first event, of a stream the first chunk. Big integers come back as text, bytes as plain lists. */
export function callPort(page: Page, call: PortCall): Promise<PortAnswer> {
  return page.evaluate(callInPage, { ...call, input: call.input ?? {}, version: CONTRACT_VERSION });
}

/** Runs in the page, so it may use nothing from outside. */
async function callInPage(call: PortCall & { readonly version: number }): Promise<PortAnswer> {
  const scope = globalThis as unknown as PageScope;
  const requestId = crypto.randomUUID();
  const port = await new Promise<PagePort>((resolve) => {
    scope.addEventListener('message', ({ data, ports: [port] }) => {
      if (data.requestId === requestId && port) resolve(port);
    });
    scope.faultlineDesktop.requestPort(call.kind, requestId);
  });
  const answer = new Promise<unknown>((resolve) => {
    port.addEventListener('close', () => resolve({ isClosed: true }));
    port.addEventListener('message', ({ data: { type, output, event, chunk, error } }) => {
      if (type === 'result') resolve({ output });
      if (type === 'event') resolve({ output: event });
      if (type === 'chunk') resolve({ output: chunk });
      if (type === 'error') resolve({ ...error });
    });
  });
  port.start();
  port.postMessage({ type: 'hello', hello: { contractVersion: call.version, engineVersion: '', scope: 'viewer' } });
  const { procedure, input } = call;
  port.postMessage({ type: 'call', id: 1, procedure, input, requestId: `spec-${requestId}`, credit: 1 });
  const plain = (_key: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return value.toString();
    return value instanceof Uint8Array ? Array.from(value) : value;
  };
  return JSON.parse(JSON.stringify(await answer, plain)) as PortAnswer;
}

/** The output; fails the spec with the error's own words. */
export async function outputOf<Output>(page: Page, call: PortCall): Promise<Output> {
  const answer = await callPort(page, call);
  if ('output' in answer) return answer.output as Output;
  throw new Error(`${call.procedure}: ${JSON.stringify(answer)}`);
}
