import { describe, expect, it } from 'vitest';
import { hostCommand, hostContract, MENU_COMMANDS } from '../../../shared/contract/host-contract.ts';

describe('the host contract', () => {
  it.each(Object.entries(hostContract))('%s is named, summarised and strict', (name, procedure) => {
    expect(name).toMatch(/^host\.[a-z][A-Za-z]*$/);
    expect(procedure.summary).toMatch(/^[A-Z].*\.$/);
    const checked = procedure.input.safeParse({ noSuchField: 1 });
    expect(checked.error?.issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true);
  });

  it('shows dialogs to nobody but the owner of the machine', () => {
    for (const [name, { kind, scope }] of Object.entries(hostContract)) {
      if (kind === 'command') expect([name, scope]).not.toEqual([name, 'viewer']);
    }
  });

  it.each(['../escape.md', 'a/b', 'a\\b', '..', '', 'line\nbreak', 'x'.repeat(201)])(
    'refuses %j as a file name to suggest',
    (suggestedName) => {
      const input = { suggestedName, bytes: new Uint8Array(1) };
      expect(hostContract['host.saveFile'].input.safeParse(input).success).toBe(false);
    },
  );

  it('takes bytes only as bytes', () => {
    const save = hostContract['host.saveFile'].input;
    expect(save.safeParse({ suggestedName: 'graph.svg', bytes: new Uint8Array(3) }).success).toBe(true);
    expect(save.safeParse({ suggestedName: 'graph.svg', bytes: [1, 2, 3] }).success).toBe(false);
  });

  it('knows four kinds of news from outside', () => {
    const news = [
      ...MENU_COMMANDS.map((command) => ({ type: 'menu', command })),
      { type: 'openCase', caseFile: '/cases/friday.faultline' },
      { type: 'importPaths', paths: ['/bundles/friday.tar.gz'] },
      { type: 'openLink', caseFile: null, route: '/case?range=1..2&view=logs' },
    ];
    for (const item of news) expect(hostCommand.safeParse(item).success).toBe(true);
    const hostile = [
      { type: 'menu', command: 'app.quit' },
      { type: 'importPaths', paths: [] },
      { type: 'openLink', caseFile: null, route: 'https://evil.example/' },
      { type: 'openLink', caseFile: null, route: '//evil.example/' },
      { type: 'openLink', caseFile: null, route: '/case#x' },
    ];
    for (const item of hostile) expect(hostCommand.safeParse(item).success).toBe(false);
  });
});
