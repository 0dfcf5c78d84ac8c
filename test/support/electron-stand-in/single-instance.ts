/**
 * One program per user folder, as a socket whose name is made from that folder. Taking it must not wait (Electron's call
 * is synchronous), so a lock file with the process id decides, and the socket carries what a second start has to say.
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type OnSecondStart = (data: unknown) => void;

/** False when another program has the folder; it is told `data`, and `told` resolves once it was. */
export function takeLock(
  userFolder: string,
  data: unknown,
  onSecondStart: OnSecondStart,
): { readonly isFirst: boolean; readonly told: Promise<void> } {
  const name = createHash('sha256').update(userFolder).digest('hex').slice(0, 16);
  const lockFile = join(tmpdir(), `electron-stand-in-${name}.lock`);
  const socketFile = join(tmpdir(), `electron-stand-in-${name}.sock`);
  if (isHeld(lockFile)) return { isFirst: false, told: tell(socketFile, data) };
  writeFileSync(lockFile, String(process.pid));
  rmSync(socketFile, { force: true });
  const server = createServer((socket) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => onSecondStart(JSON.parse(text)));
  });
  server.listen(socketFile).unref();
  process.once('exit', () => {
    rmSync(lockFile, { force: true });
    rmSync(socketFile, { force: true });
  });
  return { isFirst: true, told: Promise.resolve() };
}

function isHeld(lockFile: string): boolean {
  try {
    const holder = Number(readFileSync(lockFile, 'utf8'));
    process.kill(holder, 0);
    return holder !== process.pid;
  } catch {
    // No file, or its process is gone.
    return false;
  }
}

function tell(socketFile: string, data: unknown): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(socketFile, () => socket.end(JSON.stringify(data)));
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
  });
}
