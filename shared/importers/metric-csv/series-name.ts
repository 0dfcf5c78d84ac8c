/**
 * Splits the column names of a wide table (`checkout_cpu`, `cart.latency_p95`, `payment/errors`) into entity and metric.
 * Which separator parts them follows from the names themselves: entities and metrics form a grid, so the right split is
 * the one that describes all names with the fewest distinct halves (least description length).
 */
export interface SeriesName {
  /** '' when the name holds none. */
  readonly entity: string;
  readonly metric: string;
}

const SEPARATORS = ['::', '|', '/', ':', '.', '_', ' ', '-'];
/** Share of the names that must have the separator. */
const MIN_COVERAGE = 0.8;
/** Words that begin the name of a metric, not of an entity. */
const METRIC_WORD =
  /^(?:cpu|mem|memory|disk|fs|io|net|network|latency|lat|duration|response|request|requests|req|error|errors|err|http|grpc|rps|qps|tps|p\d\d?|avg|mean|max|min|sum|count|total|load|heap|gc|jvm|rate|bytes|queue|connections?|threads?|swap|uptime|time)$/i;

/** One result per name. Cost: linear in the length of the names. */
export function splitSeriesNames(names: readonly string[]): readonly SeriesName[] {
  let best: readonly SeriesName[] | undefined;
  let bestHalves = Number.POSITIVE_INFINITY;
  for (const separator of SEPARATORS) {
    for (const isLast of [false, true]) {
      const split = names.map((name) => splitAt(name, separator, isLast));
      const halves = gridSize(split);
      if (halves < bestHalves) {
        best = split;
        bestHalves = halves;
      }
    }
  }
  return best ?? names.map((metric) => ({ entity: '', metric }));
}

function splitAt(name: string, separator: string, isLast: boolean): SeriesName {
  const at = isLast ? name.lastIndexOf(separator) : name.indexOf(separator);
  if (at <= 0 || at + separator.length >= name.length) return { entity: '', metric: name };
  return { entity: name.slice(0, at), metric: name.slice(at + separator.length) };
}

/** Distinct entities plus distinct metrics; infinite when the split makes no grid. */
function gridSize(split: readonly SeriesName[]): number {
  const parted = split.filter((name) => name.entity !== '');
  if (parted.length < 2 || parted.length < MIN_COVERAGE * split.length) return Number.POSITIVE_INFINITY;
  const entities = new Set(parted.map((name) => name.entity));
  const metrics = new Set(parted.map((name) => name.metric));
  // Several entities must share a metric, and none may be what metrics are called.
  const isGrid = entities.size > 1 && metrics.size < parted.length;
  if (!isGrid || [...entities].some((entity) => METRIC_WORD.test(entity))) return Number.POSITIVE_INFINITY;
  return entities.size + metrics.size;
}
