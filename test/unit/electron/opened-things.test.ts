import { describe, expect, it } from 'vitest';
import { openedThings } from '../../../electron/main/opened-things.ts';

describe('what a program is started with', () => {
  it('is case files, links and paths to import, relative to where it was started', () => {
    const things = openedThings(
      ['friday.faultline', 'bundle.tar.gz', 'faultline://case#/case?view=logs', '/logs'],
      '/home/me',
      'linux',
    );
    expect(things).toEqual([
      { type: 'openCase', caseFile: '/home/me/friday.faultline' },
      { type: 'openLink', caseFile: null, route: '/case?view=logs' },
      { type: 'importPaths', paths: ['/home/me/bundle.tar.gz', '/logs'] },
    ]);
  });
  it('is nothing for switches and for links that are none', () => {
    expect(
      openedThings(['--no-sandbox', '-psn_0_1', '', 'faultline://run?x=1', 'FAULTLINE:evil'], '/', 'linux'),
    ).toEqual([]);
  });
});
