/**
 * Tells which lines continue the record before them: stack traces of Java, Python, Go, Node, .NET, Ruby, PHP and Rust,
 * indented text, and, in files whose records all begin with a header, every line without one.
 */

const ALWAYS_CONTINUES =
  /^(?:Caused by: |Suppressed: |at [\w$.<>[\]/ ]+\(|\.\.\. \d+ (?:more|common frames)|--- End of |Stack trace:|#\d+ |stack backtrace:|note: run with |\}[);,]*$|from [\w./-]+:\d+:in |thrown in )/;
const GO_LINE =
  /^(?:goroutine \d+ \[|created by |exit status \d|\[signal |\[recovered\]|\.\.\.additional frames|panic: |runtime\.|runtime stack:)/;
/** What stands before the arguments of `main.(*Server).handle(0x1, {0x2, 0x3})`. */
const GO_CALL_HEAD = /^[\w./*()[\]{}·%-]+/;
const GO_START = /^(?:panic: |fatal error: |goroutine \d+ \[|runtime: )/;
const PYTHON_START = 'Traceback (most recent call last)';
const PYTHON_CHAIN =
  /^(?:During handling of the above exception|The above exception was the direct cause|Traceback \(most recent call last\))/;
const EXCEPTION_LINE =
  /^(?:Exception in thread "|Uncaught |Unhandled )?[A-Za-z_$][\w$.]*(?:Exception|Error|Throwable|Failure|Fault|Warning|Interrupt)\b/;

type StackState = 'none' | 'python' | 'pythonEnd' | 'go';

export class StackTracker {
  private state: StackState = 'none';
  private readonly attachesHeadless: boolean;

  /** `attachesHeadless`: records of this file begin with a header, so a line without one belongs to the one before. */
  constructor(attachesHeadless: boolean) {
    this.attachesHeadless = attachesHeadless;
  }

  /** Told the message of each new record. */
  begin(message: string): void {
    this.state = 'none';
    const code = message.charCodeAt(0);
    if (code === 84 && message.startsWith(PYTHON_START)) this.state = 'python';
    else if ((code === 112 || code === 102 || code === 103 || code === 114) && GO_START.test(message))
      this.state = 'go';
  }

  /** True when a line without a header belongs to the open record. The line is not empty. */
  continues(line: string): boolean {
    const code = line.charCodeAt(0);
    if (code === 32 || code === 9) return true;
    if (this.state === 'python') {
      if (!line.startsWith(PYTHON_START)) this.state = 'pythonEnd';
      return true;
    }
    if (this.state === 'pythonEnd' && PYTHON_CHAIN.test(line)) {
      if (line.startsWith(PYTHON_START)) this.state = 'python';
      return true;
    }
    if (this.state === 'go') {
      if (GO_LINE.test(line) || isGoCall(line)) return true;
      this.state = 'none';
    }
    if (ALWAYS_CONTINUES.test(line)) return true;
    if (!this.attachesHeadless) return false;
    if (line.startsWith(PYTHON_START)) this.state = 'python';
    else if (GO_START.test(line)) this.state = 'go';
    return true;
  }
}

/** True for a line that can only be the inside of a trace, to leave it out when headers are learned. */
export function isInsideTrace(line: string): boolean {
  const code = line.charCodeAt(0);
  return code === 32 || code === 9 || ALWAYS_CONTINUES.test(line) || EXCEPTION_LINE.test(line) || GO_LINE.test(line);
}

const EXCEPTION =
  /(?:^|\n|: |" |\s)((?:[A-Za-z_$][\w$]*[.:]{1,2})*[A-Z][\w$]*(?:Exception|Error|Throwable|Fault|Failure))(?:: ([^\n]*)|(?=\s*(?:\n|$)))/;

/** Type and message of the exception a joined record shows; undefined when it shows none. */
export function exceptionOf(body: string): { type: string; message: string } | undefined {
  const match = EXCEPTION.exec(body);
  return match === null ? undefined : { type: match[1] ?? '', message: match[2] ?? '' };
}

/** Severity of a record whose header has no level: crashes and traces are errors whatever the header says. */
export function severityOfTrace(body: string): number {
  if (/^(?:panic: |fatal error: )/.test(body)) return 21;
  if (body.includes(PYTHON_START) || /\n\s+at [\w$.<]|\n(?:Caused by: |goroutine \d+ \[)/.test(body)) return 17;
  return 0;
}

/** A frame ends with its arguments. One pass, since a line may be a megabyte of brackets. */
function isGoCall(line: string): boolean {
  if (!line.endsWith(')')) return false;
  const headLength = GO_CALL_HEAD.exec(line)?.[0].length ?? 0;
  const open = line.indexOf('(', 1);
  return open > 0 && open < headLength && open < line.length - 1;
}
