import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeTemplates, type CountedTemplate } from '../../../../shared/analysis/log-templates/merge-templates.ts';
import { TemplateMiner } from '../../../../shared/analysis/log-templates/template-miner.ts';

function counted(messages: readonly string[]): CountedTemplate[] {
  const miner = new TemplateMiner();
  const byId = new Map<string, CountedTemplate>();
  for (const message of messages) {
    const { id, text } = miner.keyOf(message);
    byId.set(id, { id, text, count: (byId.get(id)?.count ?? 0) + 1 });
  }
  return [...byId.values()];
}
const WORDS = ['anna', 'bert', 'carl', 'dora', 'emil', 'fritz', 'gerd', 'hans', 'ida'];

describe('mergeTemplates', () => {
  it('makes a variable of a place where eight or more words were seen', () => {
    const templates = counted(WORDS.map((word) => `session of ${word} closed after 5 s`));
    const aliases = mergeTemplates(templates);
    expect(aliases.size).toBe(WORDS.length);
    expect(new Set([...aliases.values()].map((merged) => merged.id)).size).toBe(1);
    expect([...aliases.values()][0]?.text).toBe('session of <*> closed after <*> s');
  });
  it('leaves fewer words apart', () => {
    expect(mergeTemplates(counted(WORDS.slice(0, 4).map((word) => `session of ${word} closed`))).size).toBe(0);
  });
  it('needs only three dotted names or values', () => {
    const names = ['com.a.x', 'com.b.y', 'org.c.z'].map((name) => `subject ${name} registered`);
    expect(new Set([...mergeTemplates(counted(names)).values()].map((merged) => merged.id)).size).toBe(1);
  });
  it('never merges states', () => {
    const states = ['up', 'down', 'enabled', 'disabled', 'start', 'stop', 'ok', 'failed', 'open', 'closed'];
    expect(mergeTemplates(counted(states.map((state) => `link is now ${state} here`))).size).toBe(0);
  });
  it('absorbs a constant where the same template already has a variable', () => {
    const aliases = mergeTemplates(counted(['chdir(pwd) failed badly', 'chdir(/a/b) failed badly']));
    expect(new Set([...aliases.values()].map((merged) => merged.id)).size).toBe(1);
    expect(aliases.size).toBe(2);
  });
  it('gives the id that the miner gives to the merged text', () => {
    const aliases = mergeTemplates(counted(WORDS.map((word) => `hello ${word} of the house`)));
    const merged = [...aliases.values()][0];
    expect(merged?.id).toBe(new TemplateMiner().keyOf(merged?.text ?? '').id);
  });
  it('does not depend on the order of templates', () => {
    const templates = counted([
      ...WORDS.map((word) => `hello ${word} of the house`),
      ...WORDS.map((word) => `the ${word} of the house fell`),
      'chdir(pwd) failed badly',
      'chdir(/a/b) failed badly',
    ]);
    const reference = [...mergeTemplates(templates)].sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(templates, { minLength: templates.length }), (shuffled) => {
        expect([...mergeTemplates(shuffled)].sort()).toEqual(reference);
      }),
      { numRuns: 30 },
    );
  });
});
