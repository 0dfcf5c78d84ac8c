import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import type { EngineSession } from './engine-session.ts';

/** A case that cannot be written says so at once; one that is being written all the time gets there later. */
const KEEPING_WAIT_MS = 500;

export function pseudonymHandlers(session: EngineSession): NamespaceHandlers<Contract, 'pseudonym'> {
  return {
    'pseudonym.list': async ({ people }) => {
      const { masking, secret, isKept } = await session.pseudonyms(people);
      return { table: { ...masking.table }, secret, isKept: await Promise.race([isKept, trueAfter(KEEPING_WAIT_MS)]) };
    },
  };
}

function trueAfter(milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => setTimeout(() => resolve(true), milliseconds).unref());
}
