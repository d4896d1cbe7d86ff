import { artifact, composer, expect, send, test } from './fixtures.ts';

const person = { email: 'grace@example.org', password: 'a long enough password' };

test('first run: the one-time link, the administrator, the offline guide', async ({ fresh, page }) => {
  await page.goto(fresh.url);
  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByRole('heading', { name: 'Open the set-up link' })).toBeVisible();
  await page.screenshot({ path: artifact('setup-without-link') });

  const link = /http:\S+\/setup#token=\S+/.exec(fresh.output())?.[0];
  expect(link).toBeDefined();
  await page.goto('about:blank');
  await page.goto(link!);
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel('E-mail address').fill('not an address');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page.getByText('This is not an e-mail address.')).toBeVisible();
  await expect(page.getByText('The password needs at least 12 characters.')).toBeVisible();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.screenshot({ path: artifact('setup') });
  await page.getByRole('button', { name: 'Create administrator' }).click();

  await expect(composer(page)).toBeVisible();
  await page.screenshot({ path: artifact('start-screen') });
  await send(page, 'How do I connect a model?');
  const article = page.getByRole('article').last();
  await expect(article).toContainText(/guide/i);
  await expect(article).toContainText('OPENAI_API_KEY');
  await page.screenshot({ path: artifact('guide-answer') });

  await page.goto(link!);
  await expect(page).not.toHaveURL(/setup/);
});

test('a set-up link of an earlier start is refused and says what to do', async ({ fresh, page }) => {
  await page.goto(new URL('/setup#token=an-old-one', fresh.url).href);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page.getByRole('alert')).toContainText('no longer valid');
  await expect(page.getByLabel('E-mail address')).toHaveValue(person.email);
});
