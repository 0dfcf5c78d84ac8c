import { hostname, networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../../shared/contract/contract.ts';
import { createClient } from '../../../shared/rpc/client.ts';
import { webSocketPort } from '../../../shared/serve/web-socket-port.ts';
import { endOf, startTestHost } from '../../support/loopback-host.ts';
import type { TestHost } from '../../support/loopback-host.ts';

/** An address of this machine that other machines would use. */
const [address] = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .filter((found) => found.family === 'IPv4' && !found.internal)
  .map((found) => found.address);
if (address === undefined) console.warn('Tests of sharing are skipped: this machine has no address but loopback.');

describe.runIf(address !== undefined)('a shared host', () => {
  const ours = address ?? '';
  let test: TestHost;
  beforeEach(async () => {
    test = await startTestHost({ shareAddress: '0.0.0.0' });
  });
  afterEach(() => test.close());

  const authority = (): string => `${ours}:${test.host.port}`;
  const viewerPath = (): string => {
    const [link = ''] = test.host.viewerLinks;
    return link.slice(link.indexOf('/?'));
  };

  it('prints a link for each address, with one token that is not the owner’s', () => {
    const links = test.host.viewerLinks.map((link) => new URL(link));
    expect(links.map(({ hostname: host }) => host)).toContain(ours);
    expect(new Set(links.map(({ search }) => search)).size).toBe(1);
    expect(test.host.newOwnerLink()).not.toContain(links[0]?.search ?? '?');
  });

  it('lets as many guests in as open the link, as viewers', async () => {
    const cookies = new Set<string>();
    for (let guest = 0; guest < 5; guest++) {
      const cookie = await test.cookieOf(`http://${authority()}${viewerPath()}`);
      cookies.add(cookie);
      const headers = { host: authority(), origin: `http://${authority()}`, cookie };
      const client = createClient(contract, webSocketPort(test.socket('/rpc', headers)));
      expect(await client.hello).toMatchObject({ scope: 'viewer' });
      client.dispose();
    }
    expect(cookies.size).toBe(5);
  });

  it('knows no owner from elsewhere: neither link nor cookie, and the link is not used up', async () => {
    const link = test.host.newOwnerLink();
    const path = link.slice(link.indexOf('/?'));
    const elsewhere = { address: ours, headers: { host: authority() } };
    expect((await test.ask(path, elsewhere)).status).toBe(401);
    const cookie = await test.cookieOf(link);
    expect((await test.ask('/', { headers: { cookie } })).status).toBe(200);
    expect((await test.ask('/', { address: ours, headers: { host: authority(), cookie } })).status).toBe(401);
    const headers = { host: authority(), origin: `http://${authority()}`, cookie };
    expect(await endOf(test.socket('/rpc', headers))).toMatchObject({ status: 401 });
    // A Host that claims to be this machine's own does not help from outside.
    expect((await test.ask('/', { address: ours, headers: { host: test.authority, cookie } })).status).toBe(421);
  });

  it('still answers only to its own names', async () => {
    const port = test.host.port;
    for (const host of [`evil.example:${port}`, `localhost:${port}`, `${ours}.evil.example:${port}`, ours]) {
      expect((await test.ask(viewerPath(), { address: ours, headers: { host } })).status, host).toBe(421);
    }
    const named = { address: ours, headers: { host: `${hostname()}:${port}` } };
    expect((await test.ask(viewerPath(), named)).status).toBe(303);
  });

  it('sends guests away after half a day, and after it was started again', async () => {
    const guest = await test.cookieOf(`http://${authority()}${viewerPath()}`);
    const ask = (host: TestHost): Promise<{ status: number }> =>
      host.ask('/', { address: ours, headers: { host: `${ours}:${host.host.port}`, cookie: guest } });
    expect((await ask(test)).status).toBe(200);
    test.clock.nowMs += 12 * 3_600_000 + 1;
    expect((await ask(test)).status).toBe(401);
    const path = viewerPath();
    const again = await startTestHost({ shareAddress: '0.0.0.0' });
    try {
      const headers = { host: `${ours}:${again.host.port}` };
      expect((await again.ask(path, { address: ours, headers })).status).toBe(401);
    } finally {
      await again.close();
    }
  });
});

describe.runIf(address !== undefined)('a host that is not shared', () => {
  it('does not listen to other machines, and prints nothing for them', async () => {
    const test = await startTestHost();
    try {
      expect(test.host.viewerLinks).toEqual([]);
      await expect(test.ask('/', { address: address ?? '' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    } finally {
      await test.close();
    }
  });
});

describe.runIf(address !== undefined)('a host shared on one address', () => {
  it('listens there and on this machine’s own, and nowhere else', async () => {
    const test = await startTestHost({ shareAddress: address ?? '' });
    try {
      expect(test.host.viewerLinks).toHaveLength(1);
      await test.cookieOf(test.host.viewerLinks[0] ?? '');
      await test.cookieOf(test.host.newOwnerLink());
      await expect(test.ask('/', { address: '127.0.0.2' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    } finally {
      await test.close();
    }
  });
});

describe('a host shared on this machine only', () => {
  it('knows the owner by the owner’s link in a browser that was a guest before, and no guest becomes one otherwise', async () => {
    const test = await startTestHost({ shareAddress: '127.0.0.1' });
    try {
      const [viewerLink = ''] = test.host.viewerLinks;
      const guest = await test.cookieOf(viewerLink);
      const pathOf = (link: string): string => link.slice(link.indexOf('/?'));
      const owner = await test.ask(pathOf(test.host.newOwnerLink()), { headers: { cookie: guest } });
      const [cookie = ''] = owner.headers['set-cookie'] ?? [];
      const headers = { host: test.authority, origin: `http://${test.authority}`, cookie: cookie.split(';')[0] ?? '' };
      const client = createClient(contract, webSocketPort(test.socket('/rpc', headers)));
      expect(await client.hello).toMatchObject({ scope: 'operator' });
      client.dispose();
      const again = await test.ask('/?token=nonsense', { headers: { cookie: guest } });
      expect(again).toMatchObject({ status: 303 });
      expect(again.headers['set-cookie']).toBeUndefined();
    } finally {
      await test.close();
    }
  });
});

describe('an address that is not this machine’s', () => {
  it('is said, and nothing stays open', async () => {
    await expect(startTestHost({ shareAddress: '198.51.100.7' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
  });
});
