/** `faultline serve`: the workstation in a browser, on this machine, or for a room to look on. */
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ContractError } from '../contract/contract-error.ts';
import type { EngineSession } from '../engine/api/engine-session.ts';
import { EVERY_INTERFACE } from '../serve/share-addresses.ts';
import { startLoopbackHost } from '../serve/loopback-host.ts';
import type { LoopbackHost } from '../serve/loopback-host.ts';
import { userFolders } from '../serve/user-folders.ts';
import { EXIT } from './cli-io.ts';
import type { CliIo } from './cli-io.ts';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { bugReporter, withSession } from './engine-client.ts';
import type { EngineProcedures } from './engine-client.ts';
import { openBrowser } from './open-browser.ts';
import { caseForWriting } from './open-case.ts';
import { readArguments } from './read-arguments.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: '[--case FILE] [--port N] [--share] [--address ADDRESS] [--no-open] [--json]',
  summary: 'the workstation in your browser, on this machine only',
  options: [
    ['--case FILE', 'open this case, made when it is not there; without it the page offers recent and new ones'],
    ['--port N', 'listen on this port; without it on a free one'],
    ['--share', 'let others look on: prints a second, read-only link, valid until this command ends'],
    ['--address ADDRESS', 'with --share: the one address of this machine to listen on; without it on all'],
    ['--no-open', 'print the link, open no browser'],
    ['--json', 'print the links as JSON on standard output'],
  ],
  run: runServeCommand,
};

interface ServeOrder {
  readonly caseFile: string | undefined;
  readonly port: number;
  readonly shareAddress: string | null;
  readonly isOpened: boolean;
  readonly isJson: boolean;
}

async function runServeCommand(args: readonly string[], io: CliIo): Promise<number> {
  const order = await orderOf(args);
  const folders = userFolders();
  const serveUntilInterrupted = async (engine: EngineProcedures, session: EngineSession): Promise<number> => {
    if (order.caseFile !== undefined) await engine['case.open']({ caseFile: order.caseFile });
    const host = await startLoopbackHost({
      session,
      pageFolder: pageFolder(),
      stagingParent: tmpdir(),
      casesFolder: folders.cases,
      port: order.port,
      shareAddress: order.shareAddress,
      isOutputChecked: process.env['FAULTLINE_CHECK_OUTPUT'] === '1',
      onBug: bugReporter(io),
    }).catch((error: unknown) => {
      throw startError(error, order);
    });
    try {
      await announce(host, order, io);
      await interrupted(io.signal);
    } finally {
      await host.close();
    }
    return EXIT.done;
  };
  return withSession(io, serveUntilInterrupted, { recentCasesFile: folders.recentCasesFile, givesWay: true });
}

async function orderOf(args: readonly string[]): Promise<ServeOrder> {
  const options = readArguments(args, {
    case: { type: 'string' },
    port: { type: 'string' },
    share: { type: 'boolean' },
    address: { type: 'string' },
    'no-open': { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const [extra] = options.positionals;
  if (extra !== undefined) throw new UsageError(`${extra} is too much. Import it first, or drop it on the page.`);
  const address = options.text('address');
  if (address !== undefined && !options.isSet('share')) throw new UsageError('--address needs --share.');
  if (address !== undefined && isIP(address) === 0) throw new UsageError(`--address ${address} is no IP address.`);
  const port = options.count('port') ?? 0;
  if (port > 65_535) throw new UsageError(`--port ${port} is no port; they end at 65535.`);
  const named = options.text('case');
  return {
    caseFile: named === undefined ? undefined : (await caseForWriting(named)).caseFile,
    port,
    shareAddress: options.isSet('share') ? (address ?? EVERY_INTERFACE) : null,
    isOpened: !options.isSet('no-open'),
    isJson: options.isSet('json'),
  };
}

/** Beside the bundled command line; in a clone that runs from source, in `dist`. */
function pageFolder(): string {
  const bundled = fileURLToPath(new URL('../page', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('../../dist/page', import.meta.url));
}

async function announce(host: LoopbackHost, order: ServeOrder, io: CliIo): Promise<void> {
  const link = host.newOwnerLink();
  const { viewerLinks, port } = host;
  if (order.isJson) await io.stdout(`${JSON.stringify({ link, viewerLinks, port })}\n`);
  io.stderr(`Faultline is at ${link}\n  The link works once, on this machine; keep it to yourself.\n`);
  if (order.shareAddress !== null) {
    const where = order.shareAddress === EVERY_INTERFACE ? 'every interface' : order.shareAddress;
    io.stderr(`Shared on ${where}, not encrypted: use it on networks you trust. For the room, read-only:\n`);
    io.stderr(
      viewerLinks.map((viewerLink) => `  ${viewerLink}\n`).join('') || '  (this machine has no other address)\n',
    );
  }
  io.stderr('Ctrl-C ends it, and every link with it.\n');
  offerNewLinks(host, io);
  if (order.isOpened) openBrowser(link);
}

/** Enter prints another link, for another browser or when the first was used up. Only at a terminal. */
function offerNewLinks(host: LoopbackHost, io: CliIo): void {
  if (!process.stdin.isTTY) return;
  io.stderr('Enter prints a fresh link.\n');
  const onEnter = (): void => io.stderr(`${host.newOwnerLink()}\n`);
  process.stdin.on('data', onEnter).unref();
  io.signal.addEventListener('abort', () => process.stdin.off('data', onEnter).pause(), { once: true });
}

function interrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** What listening fails with, said so that something can be done. */
function startError(error: unknown, { port, shareAddress }: ServeOrder): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const failed = (message: string): ContractError =>
    new ContractError('failed_precondition', message, { cause: error });
  if (code === 'EADDRINUSE') return failed(`Port ${port} is in use. Leave --port out, or name another.`);
  if (code === 'EACCES') return failed(`Port ${port} needs more rights. Name one from 1024 on.`);
  if (code === 'EADDRNOTAVAIL') return failed(`${shareAddress ?? ''} is no address of this machine.`);
  return error;
}
