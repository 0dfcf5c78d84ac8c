/** Commands that people paste into a shell: names out of telemetry must stay one harmless word. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { recipeFor } from '../../../../renderer/features/hypotheses/collection-recipe.ts';
import { unixNano } from '../../../../shared/model/time.ts';

const scope = { name: 'cart', from: unixNano(1_763_474_400_000_000_000n), to: unixNano(1_763_477_100_000_000_000n) };

test('times are in the unit each tool reads', () => {
  expect(recipeFor('metric', scope).command).toContain('-d start=1763474400 -d end=1763477100');
  expect(recipeFor('trace', scope).command).toContain('-d start=1763474400000000 -d end=1763477100000000');
  expect(recipeFor('log', scope).command).toContain('--since-time=2025-11-18T14:00:00Z');
});

describe('a hostile name', () => {
  const hostile = "x'; touch /tmp/never; echo '$(id)`id`\n\"\\";

  test.each(['metric', 'trace', 'log'] as const)('%s: a real shell sees it as one argument', (signal) => {
    const { command } = recipeFor(signal, { ...scope, name: hostile });
    const [tool = ''] = command.split(' ', 1);
    // The tool is replaced by one that prints its arguments; the target of `>` goes nowhere.
    const script = command.replace(tool, "printf '<%s>'").replace(/ > '[^']*'$/, '');
    const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } });
    expect(printed).toContain('touch /tmp/never');
    expect(printed).toContain('$(id)`id`');
    expect(printed).not.toContain('uid=');
  });
});
