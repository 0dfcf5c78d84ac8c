/** The one Chromium of a stand-in program. It resolves no name but `*.localhost`, whatever the program under test forgets. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../../build/launch/find-browser.mjs';
import { CdpConnection } from './cdp-connection.ts';

export interface Chromium {
  readonly connection: CdpConnection;
  /** Where a test connects Playwright. */
  readonly endpoint: string;
  close(): Promise<void>;
}

const FLAGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A window behind another one is as quick as the one in front, as in a desktop program.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
  '--remote-debugging-port=0',
];

export async function launchChromium(): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'electron-stand-in-'));
  // The one that the specs' own pages run in.
  const executable = findBrowser(process.env) ?? 'chromium';
  const child = spawn(executable, [...FLAGS, `--user-data-dir=${profile}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  process.once('exit', () => child.kill('SIGKILL'));
  const endpoint = await debuggingEndpoint(child);
  const connection = await CdpConnection.open(endpoint);
  return {
    connection,
    endpoint,
    async close() {
      await connection.browser.send('Browser.close').catch(() => child.kill('SIGKILL'));
      await ended;
      connection.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

function debuggingEndpoint(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`Chromium ended before it could be reached:\n${text}`)));
  });
}
