/**
 * Words of an alert: what rules, vendors and people call the same thing differs in case, punctuation and filler, seldom
 * in its nouns. `HighErrorRate`, `high_error_rate` and `Checkout: error rate is too high` share `error` and `rate`.
 */

/** Say how bad or that it is an alert, never what about. */
const FILLER = new Set(
  (
    'a an and are at be by for from has have in is it its more of on or over per than that the this to too was were ' +
    'with without high higher low lower large big small very alert alerts alerting alarm warning critical info page ' +
    'firing resolved triggered detected observed above below threshold exceeded exceeds value current currently now ' +
    'minutes minute seconds second hours last past service increased elevated increase abnormal anomaly'
  ).split(' '),
);
/** One spelling for what operators write in several ways. */
const SAME_WORD: ReadonlyMap<string, string> = new Map([
  ['errors', 'error'],
  ['failures', 'error'],
  ['failure', 'error'],
  ['failed', 'error'],
  ['failing', 'error'],
  ['5xx', 'error'],
  ['slow', 'latency'],
  ['duration', 'latency'],
  ['responsetime', 'latency'],
  ['mem', 'memory'],
  ['restarts', 'restart'],
  ['restarting', 'restart'],
  ['crashlooping', 'restart'],
  ['crashloop', 'restart'],
  ['requests', 'request'],
  ['connections', 'connection'],
  ['rates', 'rate'],
  ['ratio', 'rate'],
  ['percentage', 'rate'],
]);

/** Words in order of appearance, lower case, each once; numbers and filler left out. */
export function wordsOf(text: string): readonly string[] {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9\u0080-\uffff]+/);
  const out = new Set<string>();
  for (const word of words) {
    if (word.length < 2 || FILLER.has(word) || /^\d+(?:ms|s|m|h|d)?$/.test(word)) continue;
    out.add(SAME_WORD.get(word) ?? word);
  }
  return [...out];
}

/** Shared weight over all weight; 0 when either is empty. `weightOf` is usually the inverse document frequency. */
export function weightedJaccard(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  weightOf: (word: string) => number = () => 1,
): number {
  let shared = 0;
  let all = 0;
  for (const word of a) {
    const weight = weightOf(word);
    all += weight;
    if (b.has(word)) shared += weight;
  }
  for (const word of b) if (!a.has(word)) all += weightOf(word);
  return all > 0 ? shared / all : 0;
}
