/** Says how sure each reader is about the bytes of one file of the case, as far as they can still be read. */
import { MIN_CONFIDENCE, rankReaders } from '../../importers/recognise.ts';
import { EngineError } from '../engine-error.ts';
import type { FileReaders } from '../engine-interface.ts';
import { openIntake } from '../intake/open-intake.ts';
import { headHash } from '../storage/case-writer.ts';
import type { ReadersOrder } from './contract.ts';
import { HashedChunks } from './hashed-chunks.ts';

type Ranked = Pick<FileReaders, 'state' | 'problem' | 'recognised' | 'readers'>;

/** Without the bytes the readers are listed all the same, each with no figure. */
export async function rankFileReaders(order: ReadersOrder): Promise<Ranked> {
  const controller = new AbortController();
  try {
    for await (const file of openIntake(order.paths, {}, controller.signal)) {
      if (file.path !== order.walkedPath) continue;
      const source = new HashedChunks(file.chunks());
      const bytes = await source.readHead();
      if (headHash(bytes) !== order.headSha256) {
        return without('changed', 'The file at this place begins with other bytes than the one that was read.');
      }
      return ranked(
        rankReaders({ bytes, text: new TextDecoder().decode(bytes), path: file.path, isWhole: source.isWhole }),
      );
    }
    return without('gone', 'The archive is there, but the file is no longer in it.');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return without('gone', error.message);
  } finally {
    controller.abort();
  }
}

function ranked(candidates: ReturnType<typeof rankReaders>): Ranked {
  const [best] = candidates;
  const recognised = best && best.confidence >= MIN_CONFIDENCE ? best.importer.id : null;
  const readers = candidates.map(({ importer: { id, title }, confidence, reason }) => ({
    id,
    title,
    confidence,
    reason,
  }));
  return { state: 'ready', problem: '', recognised, readers };
}

function without(state: 'gone' | 'changed', problem: string): Ranked {
  const nothing = { bytes: new Uint8Array(0), text: '', path: '', isWhole: true };
  const readers = rankReaders(nothing)
    .map(({ importer: { id, title } }) => ({ id, title, confidence: null, reason: '' }))
    .sort((a, b) => (a.title < b.title ? -1 : 1));
  return { state, problem, recognised: null, readers };
}
