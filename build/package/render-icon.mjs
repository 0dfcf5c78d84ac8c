// Draws the page's icon as resources/icon.png, from which electron-builder makes the icons of each system. Run after a
// change of the drawing: `node build/package/render-icon.mjs`.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from '../launch/find-browser.mjs';

const SIZE_PX = 1024;
const DRAWING = new URL('../../renderer/app/icon.svg', import.meta.url);
const PICTURE = new URL('./resources/icon.png', import.meta.url);

const executablePath = findBrowser(process.env);
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: SIZE_PX, height: SIZE_PX } });
  const drawing = await readFile(DRAWING, 'utf8');
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.screenshot({ path: fileURLToPath(PICTURE), omitBackground: true });
} finally {
  await browser.close();
}
