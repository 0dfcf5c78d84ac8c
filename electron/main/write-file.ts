/** Writes a file whole or not at all. */
import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { ContractError } from '../../shared/contract/contract-error.ts';

/** Rejects with a sentence that names the place; what was there before is then untouched. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const scratch = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(scratch, bytes, { flag: 'wx' });
    await rename(scratch, path);
  } catch (error) {
    await rm(scratch, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new ContractError('unavailable', `${path} could not be written: ${reason}`, { cause: error });
  }
}
