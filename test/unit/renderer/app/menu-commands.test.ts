import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MENU_COMMANDS } from '../../../../shared/contract/host-contract.ts';

const root = join(import.meta.dirname, '../../../../renderer');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');

/** One item that stands for two actions, and one that goes by another name in the page. */
const TRANSLATED: Readonly<Record<string, string>> = { 'present.toggle': 'present.start', 'edit.find': 'palette.show' };

test.each(MENU_COMMANDS)('the page has an action for the menu item %s', (command) => {
  expect(sources).toContain(`id: '${TRANSLATED[command] ?? command}'`);
});
