/**
 * Where log rows are missing, as boxes for the histogram: files that were cut or hold exactly as many rows as an export
 * gives at most, and stretches in which nobody said anything though everybody talked before and after. Pure.
 */
import type { ImportFileReport } from '../../../shared/model/import-report.ts';
import { bucketStart } from '../../charts/bucket-series.ts';
import type { Buckets } from '../../charts/bucket-series.ts';
import { lacksItsEnd } from '../../stores/file-cut.ts';

interface Stretch {
  readonly from: bigint;
  readonly to: bigint;
}
export interface LogCut extends Stretch {
  readonly kind: 'cut' | 'limit' | 'gap';
  /** Files of which this is true, the first the one cut earliest; empty for a gap. */
  readonly paths: readonly string[];
  /** Rows of the first file, for a limit. */
  readonly rows: number;
}

/** As many rows as exports of the usual stores hold at most. */
const EXPORT_LIMITS: ReadonlySet<number> = new Set([1_000, 2_000, 5_000, 10_000, 50_000, 100_000]);
/** A file that ends with the others is whole, whatever its number of rows. */
const LEAST_SHARE = 0.02;

/** Files that end before the logs of the case do, by time; those that end at nearly the same time as one. */
export function fileCuts(files: readonly ImportFileReport[], whole: Stretch): readonly LogCut[] {
  const logs = files.filter(({ records, timeRange }) => timeRange !== null && (records.logRecords ?? 0) > 0);
  const leastNs = BigInt(Math.round(Number(whole.to - whole.from) * LEAST_SHARE));
  const cuts = logs.flatMap((file): LogCut[] => {
    const rows = file.records.logRecords ?? 0;
    const kind = lacksItsEnd(file) ? 'cut' : EXPORT_LIMITS.has(rows) ? 'limit' : null;
    if (kind === null || file.timeRange === null) return [];
    const { start, end } = file.timeRange;
    const afterIt = { from: end, to: whole.to };
    // Exports that give the newest rows first lose the oldest.
    const beforeIt = { from: whole.from, to: start };
    const missing = kind === 'limit' && lengthOf(beforeIt) > lengthOf(afterIt) ? beforeIt : afterIt;
    return lengthOf(missing) < leastNs ? [] : [{ kind, ...missing, paths: [file.path], rows }];
  });
  return joined(
    cuts.sort((a, b) => Number(a.from - b.from)),
    leastNs,
  );
}

/** Rows a silence would have held had they come as before; fewer are chance. */
const LEAST_MISSING_ROWS = 30;
const LEAST_EMPTY_BUCKETS = 3;

/** Empty stretches between rows, where the usual number would have come. `totals` are rows per bucket, unfiltered. */
export function silentStretches(buckets: Buckets, totals: Float64Array): readonly LogCut[] {
  const filled = totals.filter((count) => count > 0).toSorted();
  const usual = filled[Math.floor(filled.length / 2)] ?? 0;
  const gaps: LogCut[] = [];
  let last = -1;
  for (let index = 0; index < totals.length; index++) {
    if (!(totals[index]! > 0)) continue;
    const empty = index - last - 1;
    if (last >= 0 && empty >= LEAST_EMPTY_BUCKETS && empty * usual >= LEAST_MISSING_ROWS)
      gaps.push({
        kind: 'gap',
        from: bucketStart(buckets, last + 1),
        to: bucketStart(buckets, index),
        paths: [],
        rows: 0,
      });
    last = index;
  }
  return gaps;
}

/** `app.log is cut at 14:31`, in a person's words. `clock` writes a time, `nameOf` a path. */
export function cutText(cut: LogCut, clock: (time: bigint) => string, nameOf: (path: string) => string): string {
  if (cut.kind === 'gap') return `no log rows ${clock(cut.from)} – ${clock(cut.to)}`;
  const [first = '', ...more] = cut.paths;
  const name = nameOf(first) + (more.length > 0 ? ` and ${more.length} more` : '');
  const verb = more.length > 0 ? 'are' : 'is';
  if (cut.kind === 'cut') return `${name} ${verb} cut at ${clock(cut.from)}`;
  return `${name} ${verb} cut at ${cut.rows.toLocaleString('en')} rows`;
}

/** Files of an archive that was cut end together: one box, not a pile of them. Cuts by their start. */
function joined(cuts: readonly LogCut[], nearNs: bigint): readonly LogCut[] {
  const boxes: LogCut[] = [];
  for (const cut of cuts) {
    const before = boxes.findIndex(
      (box) => box.kind === cut.kind && box.to === cut.to && cut.from - box.from <= nearNs,
    );
    const box = boxes[before];
    if (box) boxes[before] = { ...box, paths: [...box.paths, ...cut.paths] };
    else boxes.push(cut);
  }
  return boxes;
}

function lengthOf({ from, to }: Stretch): bigint {
  return to > from ? to - from : 0n;
}
