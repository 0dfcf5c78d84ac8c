/** Ways around the page that most specs need: every view and theme, and when a view has drawn what it has. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** In the order of the rail and of the digits. */
export const VIEWS = [
  'case',
  'incidents',
  'services',
  'traces',
  'logs',
  'changes',
  'notes',
  'query',
  'sources',
] as const;
export type ViewName = (typeof VIEWS)[number];

export const THEMES = ['dark', 'light', 'contrast'] as const;
export type ThemeName = (typeof THEMES)[number];

/** The frame with a case is there. */
export async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
}

/** By its digit, and until it has drawn what it has. */
export async function openView(page: Page, view: ViewName): Promise<void> {
  await page.keyboard.press(String(VIEWS.indexOf(view) + 1));
  const current = page.getByRole('navigation', { name: 'Views' }).locator('[aria-current=page]');
  await expect(current).toHaveAttribute('href', new RegExp(`#/${view}`));
  await settled(page);
}

/** Nothing on the screen is still being read. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('main')).not.toBeEmpty();
  await expect(page.locator('[aria-busy=true], .state-loading')).toHaveCount(0);
  // Lanes say so themselves.
  await expect(page.getByText('reading', { exact: true })).toHaveCount(0);
}

/** As the theme menu would set it; the page is loaded again. */
export async function setTheme(page: Page, theme: ThemeName): Promise<void> {
  await page.evaluate((wanted) => {
    localStorage.setItem('faultline.preferences', JSON.stringify({ state: { theme: wanted }, version: 1 }));
  }, theme);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

/** Pixels by which the page is wider than its window: a person would have to scroll sideways. */
export async function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
