/** Word parts of identifiers, messages and diffs: camel case, snake case and paths split, lower case, no filler. */
const FILLER = new Set(
  (
    'the and for with from that this into onto over under after before not was were has have had are its but new old ' +
    'error errors failed failure fail warn info debug none null true false return returns const func function def class import ' +
    'string int var let if else src pkg internal test tests main java com org www http https get set add fix chore refactor ' +
    'feat docs style service services svc api request requests response handler code file files line use used using value'
  ).split(' '),
);
/** Distinct parts of three letters and more. */
export function wordParts(text: string): Set<string> {
  const parts = new Set<string>();
  for (const word of text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)) {
    if (word.length < 3 || word.length > 40) continue;
    const stem = word.length > 4 && word.endsWith('s') ? word.slice(0, -1) : word;
    if (!FILLER.has(word) && !FILLER.has(stem)) parts.add(stem);
  }
  return parts;
}
/** Inverse document frequency over a set of texts: rare words tell, common ones do not. */
export function inverseFrequencies(documents: readonly ReadonlySet<string>[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const document of documents) for (const word of document) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log((documents.length + 1) / ((counts.get(word) ?? 0) + 0.5));
}
