/**
 * `faultline simulate`: writes a simulated incident to a folder, `bundle/…` and beside it `truth.json`. Files are
 * written while they are made, so memory stays bounded at any size.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_OPTIONS, checkOptions, parseScenario, SCENARIOS } from '../simulator/options.ts';
import type { SimulationOptions } from '../simulator/options.ts';
import { simulate } from '../simulator/simulate.ts';
import type { SimulatedFile } from '../simulator/simulate.ts';

export interface SimulateIo {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether standard error is a terminal; progress is shown only there. */
  readonly isTerminal: boolean;
}
const USAGE =
  'faultline simulate --scenario NAME --out DIR [--seed N] [--services N] [--minutes N] [--rate N]\n' +
  `scenarios: ${SCENARIOS.join(' ')} quiet; several joined by + happen together\n` +
  'services 10-1000 (20), minutes 30-1440 (60), rate = traces sampled per second (0.25)\n';
/** Characters written at once. */
const BLOCK_LENGTH = 1 << 20;

interface Request {
  readonly options: SimulationOptions;
  readonly out: string;
}

/** Exit code: 0 done, 2 bad arguments or a folder that cannot be written. */
export async function runSimulateCommand(args: readonly string[], io: SimulateIo): Promise<number> {
  const request = readArguments(args);
  if (typeof request === 'string') {
    io.stderr(`faultline simulate: ${request}\n\n${USAGE}`);
    return 2;
  }
  try {
    await checkEmpty(request.out);
    const started = performance.now();
    const { files, truth } = simulate(request.options);
    const bundle = join(request.out, 'bundle');
    let bytes = 0;
    let count = 0;
    for (const file of files) {
      bytes += await writeChunks(bundle, file, io);
      count += 1;
    }
    await writeFile(join(request.out, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`);
    const seconds = (performance.now() - started) / 1000;
    if (io.isTerminal) io.stderr('\r\u001b[K');
    io.stderr(`${bundle}: ${count} files, ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s\n`);
    return 0;
  } catch (error) {
    io.stderr(`faultline simulate: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

function readArguments(args: readonly string[]): Request | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        scenario: { type: 'string' },
        out: { type: 'string' },
        seed: { type: 'string' },
        services: { type: 'string' },
        minutes: { type: 'string' },
        rate: { type: 'string' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.scenario === undefined) return 'the scenario is missing (--scenario NAME)';
  if (values.out === undefined || values.out === '') return 'the folder to write is missing (--out DIR)';
  const scenarios = parseScenario(values.scenario);
  if (typeof scenarios === 'string') return scenarios;
  const options: SimulationOptions = {
    scenarios,
    seed: numberOr(values.seed, DEFAULT_OPTIONS.seed),
    services: numberOr(values.services, DEFAULT_OPTIONS.services),
    minutes: numberOr(values.minutes, DEFAULT_OPTIONS.minutes),
    rate: numberOr(values.rate, DEFAULT_OPTIONS.rate),
  };
  return checkOptions(options) ?? { options, out: values.out };
}

function numberOr(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** A bundle mixed from two simulations would be wrong in a way nobody sees. */
async function checkEmpty(out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const names = await readdir(out);
  if (names.includes('bundle') || names.includes('truth.json')) {
    throw new Error(`${out} already holds a simulation; choose another folder or remove it first`);
  }
}

/** Returns the number of bytes written. */
async function writeChunks(bundle: string, file: SimulatedFile, io: SimulateIo): Promise<number> {
  const path = join(bundle, file.path);
  await mkdir(dirname(path), { recursive: true });
  const stream = createWriteStream(path);
  let bytes = 0;
  let block: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    const data = Buffer.from(block.join(''), 'utf8');
    bytes += data.length;
    block = [];
    length = 0;
    if (!stream.write(data)) await once(stream, 'drain');
    if (io.isTerminal) io.stderr(`\r\u001b[K${file.path}  ${(bytes / 1e6).toFixed(0)} MB`);
  };
  for (const chunk of file.chunks) {
    block.push(chunk);
    length += chunk.length;
    if (length >= BLOCK_LENGTH) await flush();
  }
  if (length > 0) await flush();
  stream.end();
  await finished(stream);
  return bytes;
}
