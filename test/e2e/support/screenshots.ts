/** Screenshots are looked at by people, not compared: out/screenshots/PROJECT/NAME.png, overwritten by each run. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

export const screenshotFolder = fileURLToPath(new URL('../../../out/screenshots', import.meta.url));

/** `name` may hold slashes (`overview/light-1280`). */
export async function saveScreenshot(page: Page, project: string, name: string): Promise<void> {
  const path = join(screenshotFolder, project, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled' });
}
