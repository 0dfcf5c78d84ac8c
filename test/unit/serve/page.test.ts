import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPageFiles } from '../../../shared/serve/page-files.ts';
import { PAGE_ASSET, startTestHost } from '../../support/loopback-host.ts';
import type { TestHost } from '../../support/loopback-host.ts';

let test: TestHost;
beforeEach(async () => {
  test = await startTestHost();
});
afterEach(() => test.close());

const tokenPath = (link: string): string => link.slice(link.indexOf('/?'));

describe('the link', () => {
  it('gives a strict session cookie and moves on to an address without the token', async () => {
    const answer = await test.ask(tokenPath(test.host.newOwnerLink()));
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(new RegExp(`^faultline-${test.host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`));
    expect((await test.ask('/', { headers: { cookie } })).body).toContain('planted page');
  });

  it('works once', async () => {
    const path = tokenPath(test.host.newOwnerLink());
    expect((await test.ask(path)).status).toBe(303);
    const again = await test.ask(path);
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.body).toContain('used before');
  });

  it('is no trouble for who has a session: going back in the browser leads to the page', async () => {
    const path = tokenPath(test.host.newOwnerLink());
    const [cookie = ''] = (await test.ask(path)).headers['set-cookie'] ?? [];
    expect((await test.ask(path, { headers: { cookie } })).status).toBe(303);
  });

  it('is not used up by previews, prefetching or questions', async () => {
    const path = tokenPath(test.host.newOwnerLink());
    expect((await test.ask(path, { method: 'HEAD' })).status).toBe(405);
    expect((await test.ask(path, { headers: { 'sec-purpose': 'prefetch;prerender' } })).status).toBe(405);
    expect((await test.ask(path, { headers: { purpose: 'prefetch' } })).status).toBe(405);
    expect((await test.ask(path, { method: 'POST' })).status).toBe(405);
    expect((await test.ask(path)).status).toBe(303);
  });

  it('followed from another site ends in a page that moves on itself, so that the strict cookie is sent', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const answer = await test.ask(tokenPath(test.host.newOwnerLink()), { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect(answer.body).toContain('http-equiv="refresh" content="0;url=/"');
  });

  it('is over after half a day, unused', async () => {
    const path = tokenPath(test.host.newOwnerLink());
    test.clock.nowMs += 12 * 3_600_000 + 1;
    expect((await test.ask(path)).status).toBe(401);
  });

  it.each([
    '/?token=',
    '/?token=guess',
    `/?token=${'A'.repeat(43)}`,
    `/?token=${'A'.repeat(5_000)}`,
    '/?token=a&token=b',
  ])('does not open with %s', async (path) => {
    const answer = await test.ask(path);
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('a session', () => {
  it('is needed for everything', async () => {
    for (const path of ['/', '/index.html', PAGE_ASSET, '/nothing']) expect((await test.ask(path)).status).toBe(401);
    const headers = { origin: test.origin, 'x-faultline-path': 'a.log' };
    expect((await test.ask('/upload', { method: 'POST', headers, body: 'a' })).status).toBe(401);
  });

  it('ends after two days however busy it is', async () => {
    const cookie = await test.ownerCookie();
    for (let hour = 0; hour < 48; hour++) {
      expect((await test.ask('/', { headers: { cookie } })).status).toBe(200);
      test.clock.nowMs += 3_600_000;
    }
    expect((await test.ask('/', { headers: { cookie } })).status).toBe(401);
  });

  it('is that of one host: a cookie of another port, or a changed one, is none', async () => {
    const cookie = await test.ownerCookie();
    const renamed = cookie.replace(String(test.host.port), String(test.host.port + 1));
    expect((await test.ask('/', { headers: { cookie: renamed } })).status).toBe(401);
    expect((await test.ask('/', { headers: { cookie: cookie.slice(0, -1) } })).status).toBe(401);
    expect((await test.ask('/', { headers: { cookie: `${cookie}x` } })).status).toBe(401);
    expect((await test.ask('/', { headers: { cookie: `other=1; ${cookie}; more=2` } })).status).toBe(200);
  });
});

describe('the page', () => {
  it('comes with the strict policy, and errors do as well', async () => {
    const cookie = await test.ownerCookie();
    for (const answer of [await test.ask('/', { headers: { cookie } }), await test.ask('/nothing')]) {
      const policy = Object.fromEntries(
        String(answer.headers['content-security-policy'])
          .split('; ')
          .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
      );
      expect(policy).toEqual({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'img-src': "'self' data: blob:",
        'font-src': "'self'",
        'worker-src': "'self'",
        'connect-src': `'self' ws://${test.authority}`,
        'base-uri': "'none'",
        'form-action': "'none'",
        'frame-ancestors': "'none'",
      });
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it('is asked for anew each time, its hashed assets never again', async () => {
    const headers = { cookie: await test.ownerCookie() };
    const page = await test.ask('/', { headers });
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    const asset = await test.ask(PAGE_ASSET, { headers });
    expect(asset.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(asset.body).toBe('export {};\n');
    const head = await test.ask(PAGE_ASSET, { method: 'HEAD', headers });
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe('11');
  });

  it.each([
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/assets/../../secret.html',
    '/assets/..%2f..%2fsecret.html',
    '/..\\secret.html',
    '/%5c..%5csecret.html',
    '//secret.html',
    '/assets//../index.html',
    '/secret.html',
    '/index.html%00.js',
    '/INDEX.HTML',
    '/?anything',
    '/assets',
    '/assets/',
    '/sources.stamp',
    '/__proto__',
    '/constructor',
  ])('has nothing at %s', async (path) => {
    const answer = await test.ask(path, { headers: { cookie: await test.ownerCookie() } });
    expect(answer.status).toBe(404);
    expect(answer.body).toBe('There is nothing at this address.\n');
  });

  it('does not follow links out of its folder', async () => {
    const page = join(test.folder, 'page');
    symlinkSync(join(test.folder, 'secret.html'), join(page, 'linked.html'));
    const files = await readPageFiles(page);
    expect([...files.keys()].sort()).toEqual(['/', PAGE_ASSET, '/index.html']);
  });

  it('says what to do when it was never built', async () => {
    await expect(readPageFiles(join(test.folder, 'none'))).rejects.toThrow('Run `npm run build`');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST'])('is not there for %s', async (method) => {
    const cookie = await test.ownerCookie();
    const answer = await test.ask('/', { method, headers: { cookie, origin: test.origin } });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
