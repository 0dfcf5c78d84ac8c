/** The program: its folders, its events in Electron's order, its end. */
import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from './chromium.ts';
import type { Chromium } from './chromium.ts';
import { takeLock } from './single-instance.ts';

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly name = 'Faultline';
  readonly commandLine = { appendSwitch: (): void => undefined };
  /** For tests: whether every window was asked to be sandboxed before the program was ready. */
  isSandboxed = false;
  readonly recentDocuments: string[] = [];
  /** Set by `browser-window.ts`, which this module may not import. */
  closeAllWindows: () => Promise<void> = () => Promise.resolve();
  readonly #paths = new Map<string, string>();
  #chromium: Promise<Chromium> | undefined;
  #lock: ReturnType<typeof takeLock> | undefined;
  #isEnding = false;

  /** Chromium starts when the program waits for it: a second start that only leaves a message needs none. */
  async whenReady(): Promise<void> {
    const isFirst = this.#chromium === undefined;
    await this.chromium();
    if (isFirst) this.emit('ready');
  }

  chromium(): Promise<Chromium> {
    this.#chromium ??= launchChromium();
    return this.#chromium;
  }

  getPath(name: string): string {
    const known = this.#paths.get(name);
    if (known !== undefined) return known;
    const made = name === 'temp' ? tmpdir() : mkdtempSync(join(tmpdir(), `electron-stand-in-${name}-`));
    this.#paths.set(name, made);
    return made;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  enableSandbox(): void {
    this.isSandboxed = true;
  }
  addRecentDocument(path: string): void {
    this.recentDocuments.push(path);
  }
  setAsDefaultProtocolClient(): boolean {
    return true;
  }

  requestSingleInstanceLock(data: unknown = {}): boolean {
    this.#lock ??= takeLock(this.getPath('userData'), data, (theirs) =>
      this.emit('second-instance', {}, [], '', theirs),
    );
    return this.#lock.isFirst;
  }

  quit(): void {
    if (this.#ask('before-quit')) void this.#end();
  }

  exit(code = 0): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    void Promise.resolve(this.#chromium?.then((chromium) => chromium.close())).finally(() => process.exit(code));
  }

  async #end(): Promise<void> {
    await this.closeAllWindows();
    if (!this.#ask('will-quit')) return;
    this.emit('quit', {}, 0);
    await this.#lock?.told;
    this.exit();
  }

  /** False when a listener said no. */
  #ask(event: string): boolean {
    let isPrevented = false;
    this.emit(event, { preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  }
}

export const app = new App();
