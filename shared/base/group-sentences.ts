/** Sentences that say the same of many files, said once. */

export interface SentenceGroup {
  /** The sentence as it was first said. */
  readonly text: string;
  readonly firstPath: string;
  /** How many said it, the first included. */
  readonly count: number;
}

/**
 * Sentences are the same when they differ in numbers, paths, quoted names or what follows a colon only. Groups come largest
 * first, equal ones in the order of their first sentence. Linear in the text.
 */
export function groupSentences(said: Iterable<{ readonly path: string; readonly text: string }>): SentenceGroup[] {
  const groups = new Map<string, { readonly text: string; readonly firstPath: string; count: number }>();
  for (const { path, text } of said) {
    const key = text
      .replace(/: .*$/s, ':')
      .replaceAll(/“[^”]*”/g, '“”')
      .replaceAll(/\S*\/\S*/g, '/')
      .replaceAll(/\d+/g, '0');
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { text, firstPath: path, count: 1 });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
