/**
 * Runs in the page before its own code, for `test/perf/page.bench.ts`: knows which questions to the engine and which
 * work of workers are still out, when the last answer was on the screen, what input began it, and which tasks were long.
 */
export interface Settled {
  /** From the input (or from the document's first byte) until the last answer was painted. */
  readonly ms: number;
  readonly questions: number;
}
export interface LongTask {
  /** After the page began. */
  readonly atMs: number;
  readonly ms: number;
}
export interface PageProbe {
  /** Waits for rest after the last input of a person; 'load' after the document arrived. */
  settled(since?: 'load'): Promise<Settled>;
  /** The same while an import has the page ask again and again: waits for what was asked just after the input. */
  answered(): Promise<Settled>;
  /** Forgets the last input, so that the next one is measured. */
  arm(): void;
  takeLongTasks(): readonly LongTask[];
}

/** What never ends, is answered when something happens elsewhere, or is nothing this page shows: saving what it shows already. */
const ENDLESS =
  /"procedure":"(case\.changed|job\.progress|room\.\w+|import\.report|job\.yield|setting\.set|host\.\w+)"/;
/** Nothing new was asked for so long: what a drag or a rest of the pointer starts has started. */
const QUIET_MS = 130;

/** What an input asks for is asked by then. */
const ASKING_MS = 100;

/** When each was asked. */
const pending = new Map<string, number>();
/** When the questions answered since the last input were asked, and when their answers were painted. */
let painted: { readonly askedAt: number; readonly paintedAt: number }[] = [];
let questions = 0;
let paintedAt = 0;
/** Answers and inputs whose frame is still to come. */
let unpainted = 0;
let changedAt = 0;
let inputAt = Infinity;
let longTasks: LongTask[] = [];

function begin(key: string): void {
  pending.set(key, performance.now());
  questions++;
  changedAt = performance.now();
}

function end(key: string): void {
  const askedAt = pending.get(key);
  if (askedAt === undefined) return;
  pending.delete(key);
  changedAt = performance.now();
  afterPaint(() => painted.push({ askedAt, paintedAt }));
}

/** A frame's script has run and the task after it begins: what was known then is drawn. */
function afterPaint(then: () => void): void {
  unpainted++;
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      unpainted--;
      paintedAt = performance.now();
      then();
    };
    port2.postMessage(null);
  });
}

/** The frame's fields stand in the first bytes of its text (`rpc/wire-encoding`); the rest is not decoded twice. */
function headOf(bytes: ArrayBuffer, offset = 0): string {
  return new TextDecoder().decode(new Uint8Array(bytes, offset + 4, Math.min(160, bytes.byteLength - offset - 4)));
}
function fieldOf(head: string, name: string): string {
  return new RegExp(`"${name}":"?([\\w.]+)`).exec(head)?.[1] ?? '';
}

let sockets = 0;
class ProbedWebSocket extends WebSocket {
  readonly #name = `socket ${sockets++}`;

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof ArrayBuffer)) return;
      const head = headOf(data);
      if (/"type":"(result|error|end)"/.test(head)) end(`${this.#name} ${fieldOf(head, 'id')}`);
    });
  }

  override send(data: string | Blob | BufferSource): void {
    if (ArrayBuffer.isView(data)) {
      const head = headOf(data.buffer, data.byteOffset);
      const key = `${this.#name} ${fieldOf(head, 'id')}`;
      if (head.includes('"type":"call"') && !ENDLESS.test(head)) begin(key);
      if (head.includes('"type":"cancel"')) pending.delete(key);
    }
    super.send(data);
  }
}

/** Both workers of the page answer every message with one. */
let workers = 0;
class ProbedWorker extends Worker {
  readonly #name = `worker ${workers++}`;
  #asked = 0;
  #answered = 0;

  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    this.addEventListener('message', () => end(`${this.#name} ${this.#answered++}`));
  }

  override postMessage(message: unknown, options?: StructuredSerializeOptions | Transferable[]): void {
    begin(`${this.#name} ${this.#asked++}`);
    super.postMessage(message, options as StructuredSerializeOptions);
  }

  override terminate(): void {
    for (; this.#answered < this.#asked; this.#answered++) pending.delete(`${this.#name} ${this.#answered}`);
    super.terminate();
  }
}

function settled(since?: 'load'): Promise<Settled> {
  const firstQuestion = since === 'load' ? 0 : questions;
  return new Promise((resolve) => {
    const check = (): void => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      const from = since === 'load' ? (navigation?.responseStart ?? 0) : inputAt;
      const quietFor = performance.now() - Math.max(changedAt, Number.isFinite(from) ? from : 0, paintedAt);
      const isSettled = pending.size === 0 && unpainted === 0 && Number.isFinite(from) && quietFor > QUIET_MS;
      if (isSettled) resolve({ ms: paintedAt - from, questions: questions - firstQuestion });
      else setTimeout(check, 10);
    };
    check();
  });
}

function answered(): Promise<Settled> {
  return new Promise((resolve) => {
    const check = (): void => {
      const until = inputAt + ASKING_MS;
      const isOver = performance.now() > until && [...pending.values()].every((askedAt) => askedAt > until);
      // Answers that have come are painted within the frame.
      if (isOver && unpainted === 0) {
        // A drag asks on its way already.
        const own = painted.filter((answer) => answer.askedAt <= until && answer.paintedAt >= inputAt);
        const last = Math.max(inputAt, ...own.map((answer) => answer.paintedAt));
        resolve({ ms: last - inputAt, questions: own.length });
      } else setTimeout(check, 5);
    };
    check();
  });
}

function noteInput(event: Event): void {
  inputAt = event.timeStamp;
  changedAt = performance.now();
  afterPaint(() => undefined);
}

window.WebSocket = ProbedWebSocket;
window.Worker = ProbedWorker;
for (const type of ['pointerup', 'click', 'keydown', 'wheel']) {
  window.addEventListener(type, noteInput, { capture: true, passive: true });
}
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) longTasks.push({ atMs: startTime, ms: duration });
}).observe({ type: 'longtask', buffered: true });

const probe: PageProbe = {
  settled,
  answered,
  arm() {
    inputAt = Infinity;
    painted = [];
  },
  takeLongTasks() {
    const taken = longTasks;
    longTasks = [];
    return taken;
  },
};
Object.assign(window, { pageProbe: probe });
