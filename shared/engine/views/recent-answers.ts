/** The last few answers by question; the one asked longest ago goes first. */
export class RecentAnswers<T> {
  readonly #answers = new Map<string, T>();
  readonly #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  get(question: string, answer: () => T): T {
    const known = this.#answers.get(question);
    const value = known ?? answer();
    this.#answers.delete(question);
    this.#answers.set(question, value);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= this.#bound) break;
      this.#answers.delete(oldest);
    }
    return value;
  }
}

/** A question as text: its parts in their order, big integers as decimals. */
export function bigintFree(question: object): string {
  return JSON.stringify(question, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
