/** An engine in this process, spoken to through the contract over an in-memory port like by every other client. */
import { contract } from '../contract/contract.ts';
import type { Contract } from '../contract/contract.ts';
import type { ClientProcedures } from '../contract/derived-types.ts';
import { contractErrorOf } from '../engine/api/contract-error-of.ts';
import { contractHandlers } from '../engine/api/contract-handlers.ts';
import { EngineSession } from '../engine/api/engine-session.ts';
import type { SessionOptions } from '../engine/api/engine-session.ts';
import { createEngine } from '../engine/engine.ts';
import { PRODUCT_VERSION } from '../engine/product-version.ts';
import { createClient } from '../rpc/client.ts';
import { createMemoryPorts } from '../rpc/memory-port.ts';
import { serve } from '../rpc/server.ts';
import type { CliIo } from './cli-io.ts';
import { safeText } from './text-layout.ts';

export type EngineProcedures = ClientProcedures<Contract>;

/** Runs `work` with an engine and ends the engine afterwards, whatever happened. */
export function withEngine<T>(io: CliIo, work: (engine: EngineProcedures) => Promise<T>): Promise<T> {
  return withSession(io, (engine) => work(engine));
}

/** The same for a command that serves the engine to others as well: `work` also gets the session behind it. */
export async function withSession<T>(
  io: CliIo,
  work: (engine: EngineProcedures, session: EngineSession) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  const [clientPort, serverPort] = createMemoryPorts();
  const session = new EngineSession(createEngine, options);
  const server = serve(contract, contractHandlers(session), serverPort, {
    engineVersion: PRODUCT_VERSION,
    scope: 'operator',
    isOutputChecked: process.env['FAULTLINE_CHECK_OUTPUT'] === '1',
    errorOf: contractErrorOf,
    onBug: bugReporter(io),
  });
  const client = createClient(contract, clientPort, { requestIdPrefix: `cli-${process.pid}` });
  try {
    return await work(client.procedures, session);
  } finally {
    client.dispose();
    server.dispose();
    await session.close();
  }
}

/** Says on standard error what nobody foresaw, and where. */
export function bugReporter(io: CliIo): (error: unknown, where: string) => void {
  return (error, where) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr(`faultline: ${where}: ${safeText(text)}\n`);
  };
}
