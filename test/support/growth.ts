/**
 * How work grows with its input, where a limit in milliseconds would speak of the machine instead: the processor time
 * of this thread alone, at eight times the size, over that at the size itself. About 8 for what is linear, 64 for what
 * is quadratic; the lesser of two runs each, so that what else the machine does hardly counts.
 */
const FACTOR = 8;
const RUNS = 2;
/** The clock of a thread may tick every ten milliseconds only: work is repeated until so much has passed. */
const ENOUGH_MS = 40;

/** What is linear stays below, what is quadratic comes out far above. */
export const LINEAR = 24;

export async function growth(small: number, work: (size: number) => unknown): Promise<number> {
  let [least, leastOfLarge] = [Infinity, Infinity];
  for (let run = 0; run < RUNS; run++) {
    least = Math.min(least, await cpuMs(() => work(small)));
    leastOfLarge = Math.min(leastOfLarge, await cpuMs(() => work(small * FACTOR)));
  }
  return leastOfLarge / least;
}

/** Of one piece of work. */
async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  for (let times = 1; ; times++) {
    await work();
    const { user, system } = process.threadCpuUsage(before);
    const ms = (user + system) / 1000;
    if (ms >= ENOUGH_MS) return ms / times;
  }
}
