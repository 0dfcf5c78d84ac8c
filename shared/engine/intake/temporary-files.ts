/** Files an import needs for a while: archives inside archives that cannot be read front to back. Names are our own. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '../engine-error.ts';

export class TemporaryFiles {
  #folder: string | undefined;
  #count = 0;

  /** Writes the chunks to a fresh file that only this user can read, and returns its path and size. */
  async write(chunks: AsyncIterable<Uint8Array>): Promise<{ readonly path: string; readonly sizeBytes: number }> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'faultline-intake-')).catch(refuse);
    const path = join(this.#folder, String(this.#count++));
    const file = await open(path, 'wx', 0o600).catch(refuse);
    let sizeBytes = 0;
    try {
      for await (const chunk of chunks) {
        await file.writeFile(chunk).catch(refuse);
        sizeBytes += chunk.length;
      }
    } catch (error) {
      await this.remove(path);
      throw error;
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

function refuse(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  throw new EngineError(
    isFull ? 'resource_exhausted' : 'permission_denied',
    `The temporary folder ${tmpdir()} ${isFull ? 'is full' : 'cannot be written'} (${code}); archives inside archives need room there. Free some, or set TMPDIR to another folder, and import again.`,
    { cause: error },
  );
}
