/**
 * The same program under real Electron, where its runtime is: what the stand-in cannot show. Skipped loudly, never
 * silently: the reason is printed and stands in the report.
 */
import { _electron } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { findDesktopRuntime } from '../../../build/launch/desktop-runtime.mjs';
import { expect, test } from '../support/fixtures.ts';
import { prepareCase } from '../support/prepare-case.ts';
import { outputOf } from './port-calls.ts';

const runtime = findDesktopRuntime(process.env, { isFetched: false });
const reason = 'reason' in runtime ? runtime.reason : '';
const entry = fileURLToPath(new URL('../../../dist/desktop/main.js', import.meta.url));

test.use({ bundle: null });

test.describe('real Electron', () => {
  test.beforeAll(() => {
    if (reason !== '') {
      process.stderr.write(`\nSKIPPED: the desktop host was not run under real Electron, because ${reason}.\n`);
      process.stderr.write(
        'Not shown: sandbox, context isolation, real IPC, native menus and dialogs (docs/adr/0010).\n\n',
      );
    }
  });

  test('opens its case, without Node in the page and without network @quick', async ({ folder }) => {
    test.skip(reason !== '', `not run under real Electron: ${reason}`);
    if ('reason' in runtime) return;
    const caseFile = await prepareCase('errors-after-deploy', folder);
    const app = await _electron.launch({
      executablePath: runtime.executable,
      args: [entry, caseFile],
      env: { ...definedVariables(), FAULTLINE_HOME: folder, TZ: 'UTC' },
    });
    try {
      const page = await app.firstWindow();
      const summary = await outputOf(page, { kind: 'engine', procedure: 'case.summary' });
      expect(summary).toMatchObject({ caseFile });
      const globals = await page.evaluate(() => ['require', 'process'].filter((name) => name in globalThis));
      expect(globals).toEqual([]);
      const request = await page.evaluate(() =>
        fetch('https://evil.example/').then(
          () => 'it went out',
          () => 'refused',
        ),
      );
      expect(request).toBe('refused');
    } finally {
      await app.close();
    }
  });
});

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
