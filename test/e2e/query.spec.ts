/** The console: a question to start with runs, stands in the box to be changed, and a reload keeps it. */
import { expect, test } from './support/fixtures.ts';
import { openView, ready } from './support/views.ts';

test('a question to start with is run and can be changed', async ({ app, takeScreenshot }) => {
  await ready(app);
  await openView(app, 'query');
  await takeScreenshot('query/starters');
  await app.getByRole('button', { name: 'Which operations fail most?' }).click();
  const result = app.getByRole('region', { name: 'Result' });
  await expect(result).toContainText('budget-api');
  await takeScreenshot('query/answered');
  const statement = app.getByRole('textbox', { name: 'SQL statement' });
  await expect(statement).toHaveValue(/error_percent/);
  await statement.fill('SELECT count(*) AS alerts FROM v_alerts');
  await app.keyboard.press('Control+Enter');
  await expect(result).toContainText('1 row');
  await app.reload();
  await expect(statement).toHaveValue('SELECT count(*) AS alerts FROM v_alerts');
});
