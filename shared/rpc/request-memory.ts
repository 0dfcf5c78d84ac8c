/** Remembers the commands of a session by request id, so that a command sent twice is done once. */

/** Older requests are forgotten; a client repeats a command within seconds or not at all. */
const CAPACITY = 1_000;

export class RequestMemory {
  readonly #answers = new Map<string, Promise<unknown>>();

  /** The answer of an earlier call with the same id and procedure, or that of `run`. */
  once(requestId: string, procedure: string, run: () => Promise<unknown>): Promise<unknown> {
    const key = `${procedure} ${requestId}`;
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = run();
    this.#answers.set(key, answer);
    if (this.#answers.size > CAPACITY) {
      const oldest = this.#answers.keys().next();
      if (!oldest.done) this.#answers.delete(oldest.value);
    }
    return answer;
  }
}
