import { expect, it } from 'vitest';
import { caseName, shownCaseName } from '../../../../renderer/stores/open-case.ts';

it('calls a case after its file', () => {
  expect(caseName('/cases/harbor-checkout-1118.faultline')).toBe('harbor-checkout-1118');
});

it('tells nothing of a case by its name while names are masked', () => {
  const name = caseName('/cases/acme-checkout-outage.faultline');
  expect(shownCaseName(name, { isMasked: false })).toBe('acme-checkout-outage');
  expect(shownCaseName(name, { isMasked: true })).toBe('‹case›');
});
