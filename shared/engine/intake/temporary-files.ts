/** Files an import needs for a while: archives inside archives that cannot be read front to back. Names are our own. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class TemporaryFiles {
  #folder: string | undefined;
  #count = 0;

  /** Writes the chunks to a fresh file that only this user can read, and returns its path and size. */
  async write(chunks: AsyncIterable<Uint8Array>): Promise<{ readonly path: string; readonly sizeBytes: number }> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'faultline-intake-'));
    const path = join(this.#folder, String(this.#count++));
    const file = await open(path, 'wx', 0o600);
    let sizeBytes = 0;
    try {
      for await (const chunk of chunks) {
        await file.writeFile(chunk);
        sizeBytes += chunk.length;
      }
    } finally {
      await file.close();
    }
    return { path, sizeBytes };
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  async removeAll(): Promise<void> {
    const folder = this.#folder;
    this.#folder = undefined;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}
