import { expect, test } from './support/fixtures.ts';

test.describe('a host with a case', () => {
  test('shows the page, signed in as the owner, with nothing secret in its address @quick', async ({
    app,
    takeScreenshot,
  }) => {
    await expect(app).toHaveTitle(/Faultline/);
    await expect(app.getByRole('main')).toBeVisible();
    expect(app.url()).not.toContain('token');
    await expect(app.getByText(/^18 sources/)).toBeVisible();
    await expect(app.getByRole('heading', { level: 1 })).toContainText('budget-api');
    await expect(app.getByText(/\d+ ranked/)).toBeVisible();
    await takeScreenshot('start/case');
  });
});

test.describe('a host without a case', () => {
  test.use({ bundle: null });

  test('shows the page as well @quick', async ({ app, takeScreenshot }) => {
    await expect(app.getByRole('main')).toBeVisible();
    await takeScreenshot('start/no-case');
  });
});
