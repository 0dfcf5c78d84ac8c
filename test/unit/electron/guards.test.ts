import { describe, expect, it } from 'vitest';
import { documentationUrl } from '../../../electron/main/external-links.ts';
import { isOfPage, isPageUrl, printIdOf } from '../../../electron/main/page-address.ts';
import { RestartPolicy } from '../../../electron/main/restart-policy.ts';
import { isGranted, isLocalUrl } from '../../../electron/main/session-guard.ts';
import { portRequestOf } from '../../../electron/port-channel.ts';

describe('the address of the page', () => {
  it.each(['faultline-app://page/', 'faultline-app://page/#/case?view=logs', 'faultline-app://page/index.html'])(
    '%s is the page',
    (url) => expect(isPageUrl(url)).toBe(true),
  );
  it.each([
    'faultline-app://page.evil/',
    'faultline-app://evil/',
    'faultline-app://print/1',
    'faultline-app://page@evil/',
    'faultline-app://page/other.html',
    'faultline-app://page/?next=1',
    'https://page/',
    'file:///etc/passwd',
    'about:blank',
    'javascript:alert(1)',
    '',
  ])('%s is not', (url) => expect(isPageUrl(url)).toBe(false));

  it('has reports of its own origin beside it', () => {
    expect(isOfPage('faultline-app://print/abc')).toBe(false);
    expect(printIdOf('faultline-app://print/abc')).toBe('abc');
    expect(printIdOf('faultline-app://page/print/abc')).toBeNull();
  });
});

describe('the network guard', () => {
  it.each(['faultline-app://page/a.js', 'blob:faultline-app://page/1', 'data:image/png;base64,'])(
    'lets %s pass',
    (url) => expect(isLocalUrl(url, false)).toBe(true),
  );
  it.each([
    'https://evil.example/',
    'http://127.0.0.1/',
    'ws://x/',
    'file:///etc/passwd',
    'devtools://x',
    'ftp://x',
    '',
  ])('holds %s', (url) => expect(isLocalUrl(url, false)).toBe(false));
  it('grants the clipboard and the whole screen, nothing else', () => {
    const asked = ['geolocation', 'media', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'hid'];
    expect(asked.filter(isGranted)).toEqual([]);
    expect(['clipboard-sanitized-write', 'fullscreen'].every(isGranted)).toBe(true);
  });
});

describe('documentation', () => {
  it.each([
    'https://evil.example/',
    'http://opentelemetry.io/docs/',
    'https://opentelemetry.io/docs',
    'https://opentelemetry.io/docs/../blog/',
    'https://opentelemetry.io.evil.example/docs/',
    'https://opentelemetry.io@evil.example/docs/',
    'https://opentelemetry.io:8443/docs/',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('does not lead to %s', (url) => expect(documentationUrl(url)).toBeNull());
  it('leads to pages on the list', () => {
    expect(documentationUrl('https://www.sqlite.org/lang.html#x')).toBe('https://www.sqlite.org/lang.html#x');
  });
});

describe('a request for a port', () => {
  it('is known by its kind and id', () => {
    expect(portRequestOf({ kind: 'engine', requestId: 'a-1' })).toEqual({ kind: 'engine', requestId: 'a-1' });
  });
  it.each([
    null,
    'engine',
    {},
    { kind: 'root', requestId: 'a' },
    { kind: 'engine', requestId: '' },
    { kind: 'engine', requestId: 'a b' },
    { kind: 'engine', requestId: 'x'.repeat(65) },
    { kind: 'engine', requestId: 7 },
  ])('is not %j', (value) => expect(portRequestOf(value)).toBeNull());
});

describe('an engine that keeps dying', () => {
  it('loses its case after three times a minute, and gets it back when it has been quiet', () => {
    const policy = new RestartPolicy();
    const isReopened = (timeMs: number): boolean => policy.afterCrash(timeMs).isCaseReopened;
    expect([0, 1_000, 2_000, 3_000].map(isReopened)).toEqual([true, true, true, false]);
    expect(isReopened(70_000)).toBe(true);
  });

  it('is started at once at first, then later and later', () => {
    const policy = new RestartPolicy();
    const delays = Array.from({ length: 12 }, (_, crash) => policy.afterCrash(crash * 100).delayMs);
    expect(delays).toEqual([0, 0, 0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
    expect(policy.afterCrash(100_000).delayMs).toBe(0);
  });
});
