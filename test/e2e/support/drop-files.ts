/** Drops files on the page as a person does with the mouse: dragged over it first, so the page can say what it will do. */
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

export interface DroppedFile {
  readonly name: string;
  readonly content: Buffer | string;
}

/** The drag stays over the page until `dropHeld`. */
export async function dragOver(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const encoded = files.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64') }));
  await page.evaluate((given) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of given) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    }
    Object.assign(window, { heldDrop: transfer });
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, encoded);
}

export async function dropHeld(page: Page): Promise<void> {
  await page.evaluate(() => {
    const transfer: unknown = Reflect.get(window, 'heldDrop');
    if (!(transfer instanceof DataTransfer)) throw new Error('Nothing is dragged.');
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
}

/** Dropped once the page shows that it listens: what is let go before, no person would have let go. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  await expect(async () => {
    await dragOver(page, files);
    await expect(page.locator('.drop-layer')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await dropHeld(page);
}

/** Drops a file of so many lines, `{n}` in them counted; it is made inside the page, where large ones cost nothing to hand over. */
export async function dropManyLines(page: Page, name: string, line: string, lines: number): Promise<void> {
  await page.evaluate(
    (given) => {
      const text = Array.from({ length: given.lines }, (_, index) => given.line.replaceAll('{n}', String(index)));
      const transfer = new DataTransfer();
      transfer.items.add(new File([text.join('\n')], given.name));
      Object.assign(window, { heldDrop: transfer });
    },
    { name, line, lines },
  );
  await dropHeld(page);
}
