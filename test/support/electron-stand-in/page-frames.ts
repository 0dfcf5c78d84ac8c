/** What the page side and this side of the stand-in say to each other, as wire-encoded bytes in base64. */

/** From the page. */
export type PageFrame =
  | { readonly type: 'send'; readonly channel: string; readonly values: readonly unknown[] }
  | { readonly type: 'port'; readonly portId: number; readonly message: unknown }
  | { readonly type: 'close'; readonly portId: number }
  /** The page wants a window of its own. */
  | { readonly type: 'open'; readonly url: string };

/** To the page. A port's message travels as the bytes it has. */
export type ToPageFrame =
  | {
      readonly type: 'message';
      readonly channel: string;
      readonly value: unknown;
      readonly portIds: readonly number[];
    }
  | { readonly type: 'port'; readonly portId: number; readonly bytes: Uint8Array }
  | { readonly type: 'close'; readonly portId: number }
  /** Paths the test says its files have, by `name/size`. */
  | { readonly type: 'files'; readonly paths: Readonly<Record<string, string>> };

export const BINDING = '__electronStandInSend';
export const RECEIVER = '__electronStandInReceive';
