import { describe, expect, it } from 'vitest';
import { goesTowards, readDiff, wordDirections } from '../../../../shared/analysis/rca/diff-direction.ts';

describe('direction of a diff', () => {
  it.each([
    ['a null guard that is gone', '-  if (user == null) return;\n+  use(user.name);', 'NullPointerException in Users'],
    ['a bound that is gone', '-  ORDER BY age LIMIT 20\n+  ORDER BY age', 'slow query took 900 ms'],
    [
      'a call that is gone',
      '-  seedDefaults(store);\n+// seedDefaults(store) runs elsewhere',
      'role "guest" not found',
    ],
  ])('%s goes towards its failure', (_, diff, message) => {
    expect(goesTowards(readDiff(diff), message)).toBe(true);
  });
  it('the reverse of each does not', () => {
    expect(goesTowards(readDiff('+  if (user == null) return;'), 'NullPointerException')).toBe(false);
    expect(goesTowards(readDiff('-  ORDER BY age\n+  ORDER BY age LIMIT 20'), 'slow query')).toBe(false);
    expect(goesTowards(readDiff('+  seedDefaults(store);'), 'role not found')).toBe(false);
  });
  it('words that are gone tell more than words that moved', () => {
    const weight = wordDirections(readDiff('-  alpha(); beta();\n+  beta();'));
    expect(weight('alpha')).toBeGreaterThan(weight('gamma'));
    expect(weight('beta')).toBeLessThan(weight('gamma'));
  });
});
