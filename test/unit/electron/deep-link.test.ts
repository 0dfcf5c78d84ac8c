import { describe, expect, it } from 'vitest';
import { parseDeepLink } from '../../../electron/main/deep-link.ts';

describe('a deep link', () => {
  it('names a place in the open case', () => {
    expect(parseDeepLink('faultline://case#/case?view=logs&range=1..2', 'linux')).toEqual({
      caseFile: null,
      route: '/case?view=logs&range=1..2',
    });
  });
  it('names a case file of this machine', () => {
    expect(parseDeepLink('faultline://case?file=/cases/friday%20night.faultline', 'linux')).toEqual({
      caseFile: '/cases/friday night.faultline',
      route: '/case',
    });
    expect(parseDeepLink('faultline://case/?file=C%3A%5Ccases%5Cx.faultline', 'win32')).toEqual({
      caseFile: 'C:\\cases\\x.faultline',
      route: '/case',
    });
  });

  it.each([
    ['another scheme', 'https://case?file=/x.faultline'],
    ['another verb', 'faultline://import?file=/x.faultline'],
    ['more than it knows', 'faultline://case?file=/x.faultline&run=1'],
    ['two files', 'faultline://case?file=/x.faultline&file=/y.faultline'],
    ['a relative path', 'faultline://case?file=x.faultline'],
    ['a path with a way out', 'faultline://case?file=/cases/../etc/x.faultline'],
    ['a file that is no case', 'faultline://case?file=/etc/passwd'],
    ['a null byte', 'faultline://case?file=/x%00.faultline'],
    ['a route that is an address', 'faultline://case#//evil.example'],
    ['a user', 'faultline://me@case'],
    ['a folder', 'faultline://case/etc'],
    ['nothing', ''],
    ['too much', `faultline://case#/case?${'x'.repeat(20_000)}`],
  ])('with %s is none', (_what, text) => {
    expect(parseDeepLink(text, 'linux')).toBeNull();
  });

  it('reaches no other machine on Windows, where such a path would tell it who we are', () => {
    for (const file of ['\\\\evil\\share\\x.faultline', '//evil/share/x.faultline', '\\\\?\\UNC\\evil\\x.faultline']) {
      expect(parseDeepLink(`faultline://case?file=${encodeURIComponent(file)}`, 'win32')).toBeNull();
    }
  });
});
