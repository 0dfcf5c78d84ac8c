import { expect, test } from './support/fixtures.ts';

test.describe('notes', () => {
  test('are written anywhere by keys, survive a reload, and stand in the post-mortem', async ({
    app,
    takeScreenshot,
  }) => {
    await expect(app.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await app.keyboard.press('n');
    const text = app.getByRole('textbox', { name: 'Text of the note' });
    await expect(text).toBeFocused();
    await text.fill('rolled budget-api back');
    await app.getByRole('button', { name: 'Decision' }).click();
    await app.getByRole('textbox', { name: 'Your name' }).fill('Mara');
    await app.keyboard.press('Control+Enter');
    await expect(app.getByRole('dialog')).toHaveCount(0);
    await app.keyboard.press('7');
    await app.reload();
    const notes = app.getByRole('region', { name: 'Notes', exact: true });
    await expect(notes.getByText('rolled budget-api back')).toBeVisible();
    await expect(notes.getByText('Decision')).toBeVisible();
    const draft = app.getByRole('region', { name: 'Text of the draft' });
    await expect(draft.getByRole('heading', { name: /^Post-mortem: budget-api/ })).toBeVisible();
    await expect(draft.getByText('rolled budget-api back (Mara)')).toBeVisible();
    await expect(draft.getByText('not confirmed by a person').first()).toBeVisible();
    await takeScreenshot('notes/post-mortem');
  });

  test('can be changed and removed', async ({ app }) => {
    await expect(app.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await app.keyboard.press('n');
    await app.getByRole('textbox', { name: 'Text of the note' }).fill('first words');
    await app.getByRole('button', { name: /^Save/ }).click();
    await expect(app.getByRole('dialog')).toHaveCount(0);
    await app.keyboard.press('7');
    const notes = app.getByRole('region', { name: 'Notes', exact: true });
    await notes.getByRole('button', { name: 'Edit' }).click();
    await notes.getByRole('textbox', { name: 'Text of the note' }).fill('better words');
    await notes.getByRole('button', { name: 'Save' }).click();
    await expect(notes.getByText('better words')).toBeVisible();
    await notes.getByRole('button', { name: 'Remove' }).click();
    await expect(notes.getByText('Nothing is written down yet.')).toBeVisible();
  });

  test('the draft is saved as Markdown and HTML', async ({ app, hostKind }) => {
    test.skip(hostKind === 'desktop', 'the desktop host saves through its dialog, see desktop/');
    await expect(app.getByRole('navigation', { name: 'Views' })).toBeVisible();
    await app.keyboard.press('7');
    for (const [button, name] of [
      ['Markdown', 'post-mortem.md'],
      ['HTML', 'post-mortem.html'],
    ] as const) {
      const [download] = await Promise.all([
        app.waitForEvent('download'),
        app.getByRole('button', { name: button, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(name);
    }
  });
});
