/** Guards against archive bombs and runaway bundles. The defaults are far beyond what real bundles hold. */
export interface IntakeLimits {
  /** Files and archive members, all paths together. */
  readonly maxEntries: number;
  /** Bytes that decompression may give out, all paths together. */
  readonly maxTotalBytes: number;
  /** Bytes that decompression may give out per byte of the file on disk, over all nested layers, after `ratioSlackBytes`. */
  readonly maxRatio: number;
  /** Given out before `maxRatio` is looked at: a small file may well grow a lot. */
  readonly ratioSlackBytes: number;
  /** Archives and compressed layers inside one another. */
  readonly maxDepth: number;
}

const GIB = 1024 ** 3;

/**
 * A must-gather of a large cluster has about 100,000 members, unpacks to some 50 GB and shrinks 20 to 60 times; `tar.gz`
 * in `tar.xz` in `zip` is six layers deep.
 */
export const DEFAULT_INTAKE_LIMITS: IntakeLimits = {
  maxEntries: 2_000_000,
  maxTotalBytes: 256 * GIB,
  maxRatio: 1_000,
  ratioSlackBytes: GIB,
  maxDepth: 10,
};
