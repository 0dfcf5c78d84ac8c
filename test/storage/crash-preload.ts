/**
 * Loaded into every thread of a child process (`--import`): a thread whose role is CRASH_ROLE comes to grief by CRASH_KIND:
 *
 * - `crash`: it throws from its event loop, as a bug in it would: a parser once it has sent rows on, the writer once it
 *   has told of some, an analysis as soon as it is there;
 * - `stall`: once it has sent rows on, it never returns to its event loop;
 * - `kill STAGE`: as it tells that an import has come to that stage, the whole process is killed;
 * - `hold STAGE`: or held still (SIGSTOP) until somebody lets it go on (SIGCONT).
 *
 * Only the first thread of that role does, so that its replacement works: the file CRASH_MARK says that one did.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { isMainThread, MessagePort, workerData } from 'node:worker_threads';

/** What the engine's threads send, as far as this looks at it. */
interface Sent {
  readonly type?: string;
  readonly event?: { readonly progress?: { readonly stage: string; readonly rows: number } };
}

const { CRASH_ROLE: role, CRASH_KIND: kind = 'crash', CRASH_MARK: mark } = process.env;
if (!isMainThread && mark !== undefined && (workerData as { readonly role?: string }).role === role) {
  // Before the thread is asked anything: timers come first when its event loop begins.
  if (role === 'analysis') setTimeout(() => crash(mark), 0);
  else watchWhatIsSent(mark);
}

function watchWhatIsSent(markFile: string): void {
  const send = Reflect.get(MessagePort.prototype, 'postMessage') as (message: unknown, transfer?: unknown) => void;
  MessagePort.prototype.postMessage = function (this: MessagePort, message: Sent, transfer?: unknown): void {
    send.call(this, message, transfer);
    if (!isTheMoment(message)) return;
    if (kind === 'crash') setImmediate(() => crash(markFile));
    else if (isFirst(markFile)) stop();
  };
}

function isTheMoment({ type, event }: Sent): boolean {
  const [, stage] = /^(?:kill|hold) (.+)$/.exec(kind) ?? [];
  if (stage !== undefined) return event?.progress?.stage === stage;
  return role === 'parser' ? type === 'batch' : (event?.progress?.rows ?? 0) > 0;
}

function isFirst(markFile: string): boolean {
  if (existsSync(markFile)) return false;
  writeFileSync(markFile, '');
  return true;
}

function crash(markFile: string): void {
  if (isFirst(markFile)) throw new Error('planted crash');
}

function stop(): void {
  if (kind === 'stall') for (;;);
  process.kill(process.pid, kind.startsWith('hold ') ? 'SIGSTOP' : 'SIGKILL');
}
