import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/fixtures.ts';

const VIEWS = ['case', 'incidents', 'services', 'traces', 'logs', 'changes', 'notes', 'query', 'sources'] as const;
const THEMES = ['dark', 'light', 'contrast'] as const;
const GRAVE = new Set(['serious', 'critical']);

test.describe('accessibility', () => {
  for (const theme of THEMES) {
    test(`no view has a serious or critical violation, ${theme}`, async ({ app }) => {
      await app.evaluate((chosen) => {
        const stored = localStorage.getItem('faultline.preferences');
        const preferences = stored === null ? { state: {}, version: 1 } : (JSON.parse(stored) as { state: object });
        localStorage.setItem(
          'faultline.preferences',
          JSON.stringify({ ...preferences, state: { ...preferences.state, theme: chosen } }),
        );
      }, theme);
      await app.reload();
      await expect(app.getByRole('navigation', { name: 'Views' })).toBeVisible();
      for (const [index, view] of VIEWS.entries()) {
        await app.keyboard.press(String(index + 1));
        await expect(app).toHaveURL(new RegExp(`#/${view}`));
        await app.waitForLoadState('networkidle');
        const { violations } = await new AxeBuilder({ page: app }).analyze();
        const grave = violations
          .filter(({ impact }) => GRAVE.has(impact ?? ''))
          .map(({ id, nodes }) => `${view}: ${id} at ${nodes[0]?.target.join(' ')} (${nodes.length})`);
        expect.soft(grave, view).toEqual([]);
      }
    });
  }
});
