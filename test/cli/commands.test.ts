/** The commands as processes: exit codes, what goes to which stream, the shapes the product page fixes. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tarOf } from '../support/archive-builder.ts';
import { otlpTraces } from '../support/otlp-bundle.ts';
import { startFaultline } from '../support/run-faultline.ts';
import type { Ended } from '../support/run-faultline.ts';
import { eventually } from '../support/eventually.ts';

let folder: string;
let bundle: string;
const run = (...args: string[]): Promise<Ended> => startFaultline(args, folder).ended;
const place = (name: string): string => join(folder, name);

const RFC3339_NANO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;
const SHA256 = /^[0-9a-f]{64}$/;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-cli-'));
  bundle = place('bundle');
  mkdirSync(bundle);
  writeFileSync(join(bundle, 'traces.json'), otlpTraces('checkout', 120));
  writeFileSync(
    join(bundle, 'more.tar.gz'),
    gzipSync(
      tarOf([
        { name: 'in/stock.json', content: otlpTraces('stock', 30) },
        { name: '../out.bin', content: new Uint8Array([0, 1, 2]) },
      ]),
    ),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('faultline', () => {
  it('lists every command of the product in --help, and says what is not there yet', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect([code, stderr]).toEqual([0, '']);
    const [now = '', later = ''] = stdout.split('Not implemented yet');
    for (const name of ['investigate', 'import', 'analyze', 'query', 'serve', 'simulate'])
      expect(now).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const name of ['export', 'mcp', 'pdf']) expect(later).toContain(name);
  });

  it.each([['export'], ['mcp']])('answers %s in one sentence and exit code 2', async (name) => {
    const { code, stdout, stderr } = await run(name, '--case', place('x.faultline'));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^faultline \w+: .*not implemented.*\.\n$/);
  });

  it.each([
    ['no command at all', [], /Usage: faultline COMMAND/],
    ['an unknown command', ['explain'], /no command "explain"/],
    ['an unknown option', ['import', 'x', '--cas', 'y'], /--cas/],
    ['a path that is not there', ['investigate', '/no/such/bundle'], /\/no\/such\/bundle/],
    ['no path', ['investigate'], /at least one file/],
    ['import without a case', ['import', 'x'], /--case FILE/],
    ['analyze of a case that is not there', ['analyze', '--case', '/no/such.faultline'], /no case file/],
    ['a time that is none', ['investigate', '.', '--at', 'yesterday'], /yesterday is no time/],
    ['a report of unknown form', ['investigate', '.', '--report', 'x.docx'], /\.html, \.md or \.json/],
    ['a report as PDF', ['investigate', '.', '--report', 'x.pdf'], /PDF are not written yet/],
    ['a case in a folder that is not there', ['import', '.', '--case', '/no/such/folder/c'], /no folder/],
  ])('refuses %s with exit code 2 and a sentence', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect((await run('--version')).stdout).toBe(`${version}\n`);
  });
});

describe('faultline import', () => {
  interface ImportJson {
    readonly files: readonly Record<string, unknown>[];
    readonly totals: Record<string, unknown>;
    readonly entities: readonly unknown[];
    readonly seconds: number;
    readonly bytes: number;
  }

  it('reports every file as JSON, those inside archives by their path', async () => {
    const { code, stdout, stderr } = await run('import', bundle, '--case', place('report.faultline'), '--json');
    expect([code, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout) as ImportJson;
    const paths = report.files.map((file) => String(file['path']).replace(bundle, ''));
    expect(paths).toEqual(['/more.tar.gz!/in/stock.json', '/more.tar.gz!/out.bin', '/more.tar.gz', '/traces.json']);
    for (const file of report.files) {
      const known = [
        'path',
        'format',
        'confidence',
        'sha256',
        'records',
        'rejected',
        'duplicates',
        'timeRange',
        'warnings',
      ];
      expect(Object.keys(file)).toEqual(expect.arrayContaining(known));
      expect(file['sha256']).toMatch(SHA256);
    }
    expect(report.files[2]).toMatchObject({ format: 'archive', records: { files: 2 }, warnings: [] });
    expect(report.files[3]).toMatchObject({
      format: expect.stringMatching(/otlp/),
      records: { spans: 120 },
      rejected: 0,
      duplicates: 0,
      timeRange: { start: '2025-06-15T15:06:40.000000000Z', end: expect.stringMatching(RFC3339_NANO) },
      warnings: [],
    });
    expect(report.files[1]).toMatchObject({ format: 'unrecognised', records: {}, timeRange: null });
    expect(report.files[1]?.['warnings']).toEqual([expect.stringMatching(/leads out of the archive/)]);
    expect(report.totals).toMatchObject({ records: { spans: 150 }, rejected: 0, duplicates: 0 });
    expect(report.entities).toEqual(
      expect.arrayContaining([
        { type: 'service', name: 'checkout' },
        { type: 'service', name: 'stock' },
      ]),
    );
    expect(report.seconds).toBeGreaterThan(0);
    expect(report.bytes).toBeGreaterThan(0);
  });

  it('reads files as told, in the place of what was read before, and names the readers it has', async () => {
    const [log, caseFile] = [place('told.log'), place('told.case')];
    writeFileSync(log, '2026-11-18T14:04:31Z INFO one\n    two\n2026-11-18T14:04:32Z INFO three\n');
    const read = async (...more: string[]) => {
      const { stdout } = await run('import', log, '--case', caseFile, '--json', ...more);
      return (JSON.parse(stdout) as ImportJson).files[0];
    };
    expect(await read()).toMatchObject({ format: 'application-log', records: { logRecords: 2 } });
    expect(await read('--read-as', 'plain-text')).toMatchObject({ format: 'plain-text', records: { logRecords: 3 } });
    expect(await read()).toMatchObject({ format: 'plain-text', duplicates: 3 });
    const refused = await run('import', log, '--case', caseFile, '--read-as', 'xls');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('otlp-json')]);
  });

  it('counts what it has seen before as duplicates', async () => {
    const traces = join(bundle, 'traces.json');
    const caseFile = place('twice.faultline');
    await run('import', traces, '--case', caseFile);
    const { code, stdout } = await run('import', traces, '--case', caseFile, '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as ImportJson).files[0]).toMatchObject({ records: {}, duplicates: 120 });
  });

  it('takes no archive for a copy of another', async () => {
    const paths = ['one', 'two'].map((name) => {
      writeFileSync(place(`${name}.tar`), tarOf([{ name: 'text', content: name }]));
      return place(`${name}.tar`);
    });
    const { stdout } = await run('import', ...paths, '--case', place('archives.faultline'), '--json');
    const archives = (JSON.parse(stdout) as ImportJson).files.filter((file) => file['format'] === 'archive');
    expect(archives).toHaveLength(2);
    for (const file of archives) expect(file).toMatchObject({ records: { files: 1 }, duplicates: 0, warnings: [] });
  });

  it('keeps what a damaged file held and says so', async () => {
    const whole = gzipSync(otlpTraces('cut', 2_000));
    writeFileSync(place('cut.json.gz'), whole.subarray(0, Math.floor(whole.length / 2)));
    const { code, stdout } = await run('import', place('cut.json.gz'), '--case', place('cut.faultline'), '--json');
    expect(code).toBe(0);
    const [file] = (JSON.parse(stdout) as ImportJson).files;
    expect(file?.['warnings']).toContainEqual(expect.stringMatching(/cut short/));
    const { spans } = file?.['records'] as { spans: number };
    expect(spans).toBeGreaterThan(200);
    expect(spans).toBeLessThan(2_000);
  });

  it('speaks to people without colour or control characters in a pipe', async () => {
    const { stdout, stderr } = await run('import', bundle, '--case', place('people.faultline'));
    expect(stdout).toMatch(/150 spans/);
    expect(stdout + stderr).not.toMatch(/[\u001b\r]/);
    expect(stderr).toBe('');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('faultline query', () => {
  let caseFile: string;
  beforeAll(async () => {
    caseFile = place('query.faultline');
    await run('import', bundle, '--case', caseFile);
  });

  it('answers as JSON', async () => {
    const sql = "SELECT count(*) AS n, 'a' AS t, NULL AS none, 9007199254740993 AS big, 0.5 AS half FROM spans";
    const { code, stdout } = await run('query', '--case', caseFile, sql, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([{ n: 150, t: 'a', none: null, big: '9007199254740993', half: 0.5 }]);
  });

  it('answers an empty result as an empty array', async () => {
    const { stdout } = await run('query', '--case', caseFile, 'SELECT 1 AS x WHERE 0', '--json');
    expect(JSON.parse(stdout)).toEqual([]);
  });

  it('answers as CSV that no spreadsheet runs', async () => {
    const sql = "SELECT '=1+1' AS a, '-2' AS b, -2 AS c, 'x,\"y\"' AS d, '@cmd' AS e, NULL AS f";
    const { stdout } = await run('query', '--case', caseFile, sql, '--csv');
    expect(stdout).toBe(`a,b,c,d,e,f\n'=1+1,'-2,-2,"x,""y""",'@cmd,\n`);
  });

  it('answers as a table', async () => {
    const { stdout } = await run('query', '--case', caseFile, "SELECT 7 AS number, 'seven' AS word");
    expect(stdout).toBe('number  word\n------  -----\n7       seven\n');
  });

  it.each([
    ['SQL that is none', 'SELEC 1'],
    ['a table that is not there', 'SELECT * FROM nothing'],
    ['a write', 'DELETE FROM spans'],
    ['an attached file', "ATTACH '/tmp/other.db' AS other"],
    ['two statements', 'SELECT 1; DELETE FROM spans'],
  ])('refuses %s', async (_what, sql) => {
    const { code, stdout, stderr } = await run('query', '--case', caseFile, sql);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^faultline query: /);
    const after = await run('query', '--case', caseFile, 'SELECT count(*) AS n FROM spans', '--json');
    expect(JSON.parse(after.stdout)).toEqual([{ n: 150 }]);
  });

  it('ends quietly when the reader goes away', async () => {
    const sql = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000) SELECT i FROM n';
    const running = startFaultline(['query', '--case', caseFile, sql, '--csv', '--max-rows', '3000000'], folder);
    running.process.stdout?.once('data', () => running.process.stdout?.destroy());
    const { code, signal, stderr } = await running.ended;
    expect([code, signal, stderr]).toEqual([0, null, '']);
  });
});

describe('faultline investigate', () => {
  it('abstains with exit code 3 where nothing is unusual, and keeps its case', async () => {
    const { code, stdout, stderr } = await run('investigate', bundle, '--json');
    expect([code, stderr]).toEqual([3, '']);
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    const keys = ['caseFile', 'fingerprint', 'window', 'incidents', 'abstained', 'blindSpots', 'metrics'];
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(keys));
    expect(answer['metrics']).toMatchObject({ alertsIn: 0, incidentsOut: 0 });
    expect(existsSync(String(answer['caseFile']))).toBe(true);
    expect(String(answer['caseFile']).startsWith(folder)).toBe(true);
  });

  it('leaves no temporary case behind when the input is bad', async () => {
    const before = readdirSync(folder);
    await run('investigate', '/no/such/bundle');
    expect(readdirSync(folder)).toEqual(before);
  });

  it('says the same about the same input, on any number of threads', async () => {
    const fingerprint = async (threads: string): Promise<unknown> => {
      const { stdout } = await run('investigate', bundle, '--json', '--threads', threads);
      const { caseFile: _place, ...answer } = JSON.parse(stdout) as Record<string, unknown>;
      return answer;
    };
    const [one, again, three] = [await fingerprint('1'), await fingerprint('1'), await fingerprint('3')];
    expect(again).toEqual(one);
    expect(three).toEqual(one);
  });
});

describe('an interrupted import', () => {
  it('stops on Ctrl-C with exit code 130 and leaves a case that opens', async () => {
    // About 200 MB of log in a file of a few hundred kB: enough to be in the middle of it.
    const block = Buffer.from(
      Array.from(
        { length: 10_000 },
        (_, index) => `2026-01-02T03:04:${String(index % 60).padStart(2, '0')}Z INFO worker ${index} did its work\n`,
      ).join(''),
    );
    writeFileSync(
      place('long.log.gz'),
      gzipSync(Buffer.concat(Array.from({ length: 400 }, () => block)), { level: 1 }),
    );
    const caseFile = place('interrupted.faultline');
    const running = startFaultline(['import', place('long.log.gz'), '--case', caseFile], folder);
    await eventually(() => expect(existsSync(`${caseFile}-wal`)).toBe(true));
    running.process.kill('SIGINT');
    const { code, signal, stdout, stderr } = await running.ended;
    expect([code, signal, stdout]).toEqual([130, null, '']);
    expect(stderr).toMatch(/cancelled/i);
    const after = await run('query', '--case', caseFile, "SELECT status FROM jobs WHERE kind = 'import'", '--json');
    expect(after.code).toBe(0);
    expect(JSON.parse(after.stdout)).toEqual([{ status: 'cancelled' }]);
  });

  it('dies with the second Ctrl-C at the latest', async () => {
    const running = startFaultline(
      ['import', place('long.log.gz'), '--case', place('twice-interrupted.faultline')],
      folder,
    );
    await eventually(() => expect(existsSync(place('twice-interrupted.faultline-wal'))).toBe(true));
    running.process.kill('SIGINT');
    running.process.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
  });
});

describe('a process without standard output', () => {
  it('still ends', async () => {
    const entry = new URL('../../build/launch/faultline.mjs', import.meta.url).pathname;
    const child = spawn(process.execPath, [entry, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });
});
