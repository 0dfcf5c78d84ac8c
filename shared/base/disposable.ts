/** Something that can be given back. `dispose` is idempotent and never throws. */
export interface Disposable {
  dispose(): void;
}
