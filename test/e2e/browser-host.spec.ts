import { expect, test } from './support/fixtures.ts';
import { startHost } from '../support/start-host.ts';

test.skip(({ hostKind }) => hostKind !== 'browser', 'links, sessions and sockets are the browser host’s');

test.describe('the policy of the page', () => {
  test.use({ bundle: null, expectedProblems: ['Content Security Policy', 'another origin was asked: x:'] });

  test('lets nothing run, load or leave that is not the page’s own @quick', async ({ app }) => {
    await expect(app.getByRole('main')).toBeVisible();
    const outcomes = await app.evaluate(async () => {
      const root = document.createElement('div');
      document.body.append(root);
      // What a name from a bundle would do, were it ever taken for markup.
      root.innerHTML = '<img src="x:" onerror="window.planted = 1"><iframe src="data:text/html,x"></iframe>';
      const script = document.createElement('script');
      script.textContent = 'window.planted = 2';
      root.append(script);
      const attempt = (work: () => unknown): Promise<string> =>
        Promise.resolve()
          .then(work)
          .then(
            () => 'done',
            () => 'refused',
          );
      const workerEnds = new Promise<string>((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' })));
        worker.onmessage = () => resolve('done');
        worker.onerror = () => resolve('refused');
      }).catch(() => 'refused');
      // Text as code; called straight from here, eval would be the browser's debugger's, which may.
      window.setTimeout('window.planted = 3', 0);
      const result = {
        elsewhere: await attempt(() => fetch('http://127.0.0.1:9/')),
        elsewhereSocket: await attempt(
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket('ws://localhost:9/');
              socket.onopen = resolve;
              socket.onerror = reject;
            }),
        ),
        foreignWorker: await workerEnds,
        planted: String((window as { planted?: number }).planted),
        style: '',
      };
      root.setAttribute('style', 'color: red');
      result.style = root.style.color;
      root.remove();
      return result;
    });
    expect(outcomes).toEqual({
      elsewhere: 'refused',
      elsewhereSocket: 'refused',
      foreignWorker: 'refused',
      planted: 'undefined',
      style: '',
    });
  });
});

test.describe('a session', () => {
  test.use({ bundle: null });

  test('survives a reload and opens further windows; the link does not', async ({ app, host, watch, browser }) => {
    await expect(app.getByRole('main')).toBeVisible();
    await app.reload();
    await expect(app.getByRole('main')).toBeVisible();
    const second = watch(await host.openPage());
    await expect(second.getByRole('main')).toBeVisible();
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    const answer = await page.goto(new URL('/', app.url()).href);
    expect(answer?.status()).toBe(401);
    await expect(page.locator('body')).toContainText('Open the link that Faultline printed');
    await stranger.close();
  });
});

test.describe('a host that was killed and started again', () => {
  // The socket that breaks is what this test is about.
  test.use({ expectedProblems: ['WebSocket connection to', 'Failed to load resource', 'ERR_CONNECTION_REFUSED'] });

  test('is noticed by the page, which says what to do', async ({ folder, caseFile, browser, watch }) => {
    const first = await startHost({ folder, caseFile });
    const page = watch(await browser.newPage());
    await page.goto(first.link);
    await expect(page.getByRole('main')).toBeVisible();
    first.process.kill('SIGKILL');
    await first.ended;
    await expect(page.getByText('The engine is away.').first()).toBeVisible();
    const second = await startHost({ folder, caseFile, args: ['--port', String(first.port)] });
    try {
      await expect(page.getByText('This session is over').first()).toBeVisible();
      await page.goto(second.link);
      await expect(page.getByText(/^18 sources/)).toBeVisible();
    } finally {
      await page.close();
      expect(await second.stop()).toBe(0);
    }
  });
});
