import { describe, expect, it } from 'vitest';
import { searchCommands } from '../../../../renderer/stores/command-search.ts';
import type { Command, CommandKind } from '../../../../renderer/stores/command-search.ts';

const command = (kind: CommandKind, title: string, detail?: string): Command => ({
  id: `${kind} ${title}`,
  kind,
  title,
  detail,
  run: () => undefined,
});
const all = [
  command('entity', 'checkout-worker'),
  command('entity', 'checkout'),
  command('entity', 'legacy-checkout'),
  command('entity', 'cart', 'service also known as checkout-cart'),
  command('action', 'Show the whole case', 'Time'),
  command('view', 'Open Logs', 'Views'),
  command('alert', 'CheckoutLatencyP99'),
];
const titles = (typed: string) => searchCommands(typed, all).map(({ title }) => title);

describe('the command box', () => {
  it('puts the exact name first, then begins, then parts, then what is said beside it', () => {
    expect(titles('checkout')).toEqual([
      'checkout',
      'checkout-worker',
      'CheckoutLatencyP99',
      'legacy-checkout',
      'cart',
    ]);
  });
  it('puts a service before its instances while its name is half typed', () => {
    const found = searchCommands('budg', [
      command('entity', 'budget-api-b458v6fk5w-wv6nz', 'instance'),
      command('entity', 'budget-api', 'service'),
    ]);
    expect(found.map(({ title }) => title)).toEqual(['budget-api', 'budget-api-b458v6fk5w-wv6nz']);
  });
  it('offers places and actions before anything is typed', () => {
    expect(titles('')).toEqual(['Show the whole case', 'Open Logs']);
  });
  it('needs every word', () => {
    expect(titles('whole case')).toEqual(['Show the whole case']);
    expect(titles('whole banana')).toEqual([]);
  });
  it('offers actions and views only after >', () => {
    expect(titles('>')).toEqual(['Show the whole case', 'Open Logs']);
    expect(titles('> logs')).toEqual(['Open Logs']);
  });
  it('shows a few of each kind, so that one kind cannot push the others away', () => {
    const many = Array.from({ length: 500 }, (_, index) => command('entity', `pod-${index}`));
    const found = searchCommands('pod', [...many, command('alert', 'PodCrashLooping')]);
    expect(found.filter(({ kind }) => kind === 'entity')).toHaveLength(6);
    expect(found.map(({ title }) => title)).toContain('PodCrashLooping');
  });
});
