import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endOf, opened, startTestHost } from '../../support/loopback-host.ts';
import type { TestHost } from '../../support/loopback-host.ts';

let test: TestHost;
let cookie: string;
beforeEach(() => start());
afterEach(() => test.close());

async function start(options: Parameters<typeof startTestHost>[0] = {}): Promise<void> {
  test = await startTestHost(options);
  cookie = await test.ownerCookie();
}

/** What a browser would send under a name that a stranger has pointed at this machine, or that is misspelt. */
const strangeHosts = (port: number): readonly string[] => [
  'evil.example',
  `evil.example:${port}`,
  `localhost.evil.example:${port}`,
  `127.0.0.1.evil.example:${port}`,
  `127.0.0.1:${port}.evil.example`,
  `127.0.0.1:${port}@evil.example`,
  `127.0.0.1:${port + 1}`,
  '127.0.0.1',
  'localhost',
  `0.0.0.0:${port}`,
  `127.0.0.2:${port}`,
  `[::1]:${port}`,
  `2130706433:${port}`,
  `127.0.0.1:${port}, evil.example`,
];

describe('the Host of a request', () => {
  it('has to be our own, for pages, uploads and sockets alike', async () => {
    for (const host of strangeHosts(test.host.port)) {
      const origin = `http://${host}`;
      const upload = { method: 'POST', headers: { host, cookie, origin, 'x-faultline-path': 'a' }, body: 'a' };
      expect((await test.ask('/', { headers: { host, cookie } })).status, host).toBe(421);
      expect((await test.ask('/upload', upload)).status, host).toBe(421);
      const raw = await test.askRaw(upgrade('/rpc', { host, cookie, origin }));
      expect(raw.split('\r\n')[0], host).toBe('HTTP/1.1 421 Misdirected Request');
    }
  });

  it('may be the address or localhost, in any spelling of case', async () => {
    for (const host of [test.authority, `localhost:${test.host.port}`, `LocalHost:${test.host.port}`]) {
      expect((await test.ask('/', { headers: { host, cookie } })).status, host).toBe(200);
    }
  });

  it('does not use up the owner’s token when it is a stranger’s', async () => {
    const link = test.host.newOwnerLink();
    const path = link.slice(link.indexOf('/?'));
    const stolen = await test.ask(path, { headers: { host: `evil.example:${test.host.port}` } });
    expect(stolen.status).toBe(421);
    expect(stolen.headers['set-cookie']).toBeUndefined();
    expect((await test.ask(path)).status).toBe(303);
  });

  it('is needed', async () => {
    expect(await test.askRaw('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await test.askRaw('GET / HTTP/1.1\r\nHost:\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
    expect(await test.askRaw('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
  });
});

describe('the Origin of a request', () => {
  const strangeOrigins = (port: number): readonly string[] => [
    'http://evil.example',
    'null',
    '',
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port + 1}`,
    'http://127.0.0.1',
    `http://localhost:${port}`,
    `http://127.0.0.1:${port}.evil.example`,
    `http://127.0.0.1:${port}/`,
  ];

  it('has to be that of the page, and no answer ever allows another', async () => {
    for (const origin of strangeOrigins(test.host.port)) {
      const answer = await test.ask('/', { headers: { cookie, origin } });
      expect(answer.status, origin).toBe(403);
      expect(
        Object.keys(answer.headers).some((name) => name.startsWith('access-control')),
        origin,
      ).toBe(false);
      const upload = { method: 'POST', headers: { cookie, origin, 'x-faultline-path': 'a' }, body: 'a' };
      expect((await test.ask('/upload', upload)).status, origin).toBe(403);
      expect(await endOf(test.socket('/rpc', { cookie, origin })), origin).toMatchObject({ status: 403 });
    }
  });

  it('has to be said for what no plain link can ask for', async () => {
    const upload = { method: 'POST', headers: { cookie, 'x-faultline-path': 'a' }, body: 'a' };
    expect((await test.ask('/upload', upload)).status).toBe(403);
    expect(await endOf(test.socket('/rpc', { cookie }))).toMatchObject({ status: 403 });
    expect((await test.ask('/', { headers: { cookie } })).status).toBe(200);
  });
});

describe('a socket', () => {
  it('needs a session and one of the two addresses', async () => {
    const { origin } = test;
    expect(await endOf(test.socket('/rpc', { origin }))).toMatchObject({ status: 401 });
    expect(await endOf(test.socket('/host', { origin }))).toMatchObject({ status: 401 });
    expect(await endOf(test.socket('/rpc', { origin, cookie: `${cookie}x` }))).toMatchObject({ status: 401 });
    for (const path of ['/', '/rpc/', '/RPC', '/rpc?x', '/other']) {
      expect(await endOf(test.socket(path, { origin, cookie })), path).toMatchObject({ status: 404 });
    }
    for (const path of ['/rpc', '/host']) {
      const socket = test.socket(path, { origin, cookie });
      await opened(socket);
      socket.close();
    }
  });
});

describe('a request that is too much', () => {
  it('is refused when its headers are too long', async () => {
    const answer = await test.ask('/', { headers: { cookie, 'x-long': 'a'.repeat(20_000) } });
    expect(answer.status).toBe(431);
  });

  it('is cut when its headers do not come to an end', async () => {
    await test.close();
    await start({ limits: { headersTimeoutMs: 500 } });
    // That this comes to an end at all is what is asked.
    const slow = test.askRaw(`GET / HTTP/1.1\r\nHost: ${test.authority}\r\nX-Slow: `);
    expect(await slow).toMatch(/^(HTTP\/1\.1 408 |$)/);
    // And nobody else was kept waiting.
    expect((await test.ask('/', { headers: { cookie } })).status).toBe(200);
  });

  it('is cut when it is no HTTP', async () => {
    expect(await test.askRaw('\u0016\u0003\u0001 not http\r\n\r\n')).toMatch(/^(HTTP\/1\.1 400 |$)/);
    expect((await test.ask('/', { headers: { cookie } })).status).toBe(200);
  });
});

function upgrade(path: string, headers: Readonly<Record<string, string>>): string {
  const all = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
