/**
 * Globals that both Node and browsers have, declared here because the pure part of `shared` is compiled with neither
 * DOM nor Node types. Add only what both runtimes provide with the same meaning.
 */
export {};
declare global {
  interface AbortSignal {
    readonly aborted: boolean;
    readonly reason: unknown;
    throwIfAborted(): void;
    addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
    removeEventListener(type: 'abort', listener: () => void): void;
  }
  interface AbortController {
    readonly signal: AbortSignal;
    abort(reason?: unknown): void;
  }
  const AbortController: { new (): AbortController };
  interface TextDecoder {
    decode(input?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
  }
  const TextDecoder: { new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };
  interface TextEncoder {
    encode(input?: string): Uint8Array<ArrayBuffer>;
    encodeInto(input: string, destination: Uint8Array): { read: number; written: number };
  }
  const TextEncoder: { new (): TextEncoder };
  function queueMicrotask(callback: () => void): void;
  function setTimeout(callback: () => void, ms: number): number;
  function clearTimeout(id: number): void;
  function structuredClone<T>(value: T, options?: { transfer?: readonly ArrayBuffer[] }): T;
}
