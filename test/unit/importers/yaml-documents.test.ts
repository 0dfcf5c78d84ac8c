/** YAML whose aliases multiply or turn back on themselves is refused in a sentence, quickly, and costs no memory. */
import { describe, expect, it } from 'vitest';
import { kubernetesImporter } from '../../../shared/importers/kubernetes/index.ts';
import { parseYamlPiece } from '../../../shared/importers/yaml-documents.ts';
import { importText } from '../../support/import-file.ts';

const letters = [...'abcdefghij'];
const BILLION_LAUGHS = letters
  .map(
    (name, i) =>
      `${name}: &${name} [${Array<string>(9)
        .fill(i === 0 ? 'x' : `*${letters[i - 1]!}`)
        .join(', ')}]`,
  )
  .join('\n');

describe('aliases', () => {
  it('are read where they are harmless', () => {
    expect(parseYamlPiece('base: &b {cpu: 1}\nfirst: *b\nsecond: *b\n')).toEqual({
      base: { cpu: 1 },
      first: { cpu: 1 },
      second: { cpu: 1 },
    });
  });
  it('are refused where they multiply', () => {
    expect(() => parseYamlPiece(BILLION_LAUGHS)).toThrow(/alias/i);
  });
  it.each(['a: &a [*a, 1]\n', '&a {k: *a}\n', 'a: &a\n  b: &b\n    c: [*a]\n'])(
    'are refused where they turn back: %j',
    (text) => {
      expect(() => parseYamlPiece(text)).toThrow('An alias refers to what holds it.');
    },
  );
  it('cost one rejection, and what stands beside them is read', async () => {
    const event = (name: string, more = ''): string =>
      `apiVersion: v1\nkind: Event\nmetadata: {name: ${name}, namespace: shop${more}}\nreason: Killing\n` +
      `involvedObject: {kind: Pod, name: cart-1}\nlastTimestamp: 2026-06-23T09:45:00Z\ntype: Normal\n`;
    const bombs = [`kind: Event\nmetadata: &m {labels: *m}\n`, `kind: Event\n${BILLION_LAUGHS}\n`];
    const file = await importText(kubernetesImporter, [event('one'), ...bombs, event('two')].join('---\n'));
    expect(file.records['events']).toBe(2);
    expect(file.rejected.map(({ reason }) => reason).join(' ')).toMatch(/refers to what holds it.*alias/is);
  });
});
