/**
 * Stack traces: one program error has one signature, whatever the line numbers, threads and messages of the day. The
 * signature is the innermost exception type and the top three frames of the program's own code, without line numbers.
 * Understood: Java and Kotlin, Python, Go, Node, .NET, Ruby, PHP. Frames of runtimes and widely used frameworks count
 * as own only when there are no others.
 */

export interface StackSignature {
  /** `Type at frame < frame < frame`. */
  readonly signature: string;
  /** Offset in the message where the trace begins; what is before is an ordinary message. */
  readonly headEnd: number;
}

interface Frame {
  readonly name: string;
  readonly isForeign: boolean;
}

const MAX_LINES = 400;
const MAX_FRAMES = 3;

/** Frames of language runtimes and of package directories where other people's code is installed. */
const FOREIGN_NAME =
  /^(?:java\.|javax\.|jakarta\.|jdk\.|sun\.|com\.sun\.|kotlin\.|kotlinx\.|scala\.|System\.|Microsoft\.|runtime\.|reflect\.|net\/http|internal\/|org\.springframework\.|org\.apache\.|io\.netty\.|reactor\.|io\.grpc\.|google\.golang\.org)/;
const FOREIGN_PATH =
  /(?:site-packages|dist-packages|node_modules|node:|internal\/|\/lib\/python|\/gems\/|vendor\/|\/go\/src\/|<frozen)/;

const AT_FRAME = /^\s+at (?:async )?(?:new )?([^\s(]+(?: \[as [^\]]+\])?)?\s*(?:\((.*)\))?(?: in (.*))?/;
const PYTHON_FRAME = /^\s+File "([^"]+)", line \d+(?:, in (\S+))?/;
const GO_FRAME = /^([\w./*()[\]-]+\.[\w.()*[\]-]+)\(.*\)$/;
const GO_FILE = /^\t(\S+\.go):\d+/;
const RUBY_FRAME = /^\s*(?:from )?(\S+\.rb):\d+:in [`']([^'`]+)'/;
const PHP_FRAME = /^#\d+ (\S+?)(?:\(\d+\))?: ([\w\\:>-]+)\(/;
const EXCEPTION =
  /^(?:Caused by: |Unhandled exception\. |Exception in thread "[^"]*" |Uncaught |During .*: )?([A-Za-z_$][\w$.]*(?:Error|Exception|Exit|Interrupt|Fault|Throwable|Warning))(?::|\b|$)/;

/** The signature of the trace in a multi-line message, undefined when it holds none. Cost: linear, at most 400 lines. */
export function findStack(message: string): StackSignature | undefined {
  const frames: Frame[] = [];
  let type = '';
  let headEnd = -1;
  let lineStart = 0;
  let isInnermostLast = false;
  let pendingGo: string | undefined;
  for (let line = 0; line < MAX_LINES && lineStart <= message.length; line += 1) {
    const newline = message.indexOf('\n', lineStart);
    const text = message.slice(lineStart, newline < 0 ? message.length : newline);
    const goFile = pendingGo === undefined ? null : GO_FILE.exec(text);
    const frame = goFile && pendingGo !== undefined ? frameOf(pendingGo, goFile[1] ?? '') : readFrame(text);
    pendingGo = goFile ? undefined : GO_FRAME.exec(text)?.[1];
    if (text.startsWith('Traceback (most recent call last)')) isInnermostLast = true;
    const exception = exceptionOf(text);
    if (exception !== undefined) {
      // The innermost cause is what broke; its frames replace those of what it was wrapped in.
      type = exception;
      if (text.startsWith('Caused by: ')) frames.length = 0;
    }
    const isTraceLine = frame !== undefined || isInnermostLast || text.startsWith('goroutine ');
    if (isTraceLine && headEnd < 0) headEnd = lineStart;
    if (frame) frames.push(frame);
    if (newline < 0) break;
    lineStart = newline + 1;
  }
  if (frames.length === 0) return undefined;
  if (isInnermostLast) frames.reverse();
  const own = frames.filter((frame) => !frame.isForeign);
  const shown = (own.length > 0 ? own : frames).slice(0, MAX_FRAMES).map((frame) => frame.name);
  return { signature: `${type || 'stack'} at ${shown.join(' < ')}`, headEnd: Math.max(0, headEnd) };
}

function exceptionOf(line: string): string | undefined {
  const start = line.trimStart();
  if (start.startsWith('panic: ')) return 'panic';
  return EXCEPTION.exec(start)?.[1];
}

function readFrame(line: string): Frame | undefined {
  const at = AT_FRAME.exec(line);
  if (at) {
    const name = at[1] ?? at[2];
    return name === undefined ? undefined : frameOf(name, at[2] ?? at[3] ?? '');
  }
  const python = PYTHON_FRAME.exec(line);
  if (python) return frameOf(`${fileName(python[1] ?? '')}:${python[2] ?? '<module>'}`, python[1] ?? '');
  const ruby = RUBY_FRAME.exec(line);
  if (ruby) return frameOf(`${fileName(ruby[1] ?? '')}:${ruby[2] ?? ''}`, ruby[1] ?? '');
  const php = PHP_FRAME.exec(line);
  return php ? frameOf(php[2] ?? '', php[1] ?? '') : undefined;
}

function frameOf(rawName: string, place: string): Frame {
  // Numbers in generated names (lambda$12, $Proxy34, anonymous classes) change with each build.
  const name = rawName.replace(/:\d+(?::\d+)?$/, '').replace(/\d+/g, '#');
  return { name, isForeign: FOREIGN_NAME.test(rawName) || FOREIGN_PATH.test(place) || FOREIGN_PATH.test(rawName) };
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
