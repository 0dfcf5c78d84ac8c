import { ContractError } from '../../contract/contract-error.ts';
import { EngineError } from '../engine-error.ts';

/** Expected failures of the engine keep their code and message; undefined = a bug. */
export function contractErrorOf(error: unknown): ContractError | undefined {
  return error instanceof EngineError ? new ContractError(error.code, error.message, { cause: error }) : undefined;
}
