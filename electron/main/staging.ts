/**
 * Bytes that are no file on disk (pasted text) as files the engine can import; gone when the program ends. The page knows
 * the folder by its name and does not show it (renderer/stores/shown-path.ts).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Staging {
  #folder: Promise<string> | undefined;

  /** `name` is a plain file name, checked by the contract. Each file has a folder of its own, so names never meet. */
  async keep(name: string, bytes: Uint8Array): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), `faultline-staged-${process.pid}-`));
    const file = join(await mkdtemp(join(await this.#folder, '-')), name);
    await writeFile(file, bytes, { flag: 'wx', mode: 0o600 });
    return file;
  }

  async clear(): Promise<void> {
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }
}
