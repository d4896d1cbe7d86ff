/** A diagram in Foyer itself: under its own policy, and without a way from the frame to the server. */
import { ADMINISTRATOR, artifact, expect, send, signInAs, test } from './fixtures.ts';

test('draws a diagram, in a frame that can reach nothing of Foyer', async ({ connected, page }) => {
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
  });
  await signInAs(page, connected.url, ADMINISTRATOR);
  await send(page, 'Draw it [diagram]');
  const drawn = page.locator('.ck-diagram-body img');
  await expect(drawn).toBeVisible();
  expect(await drawn.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  await page.screenshot({ path: artifact('diagram') });
  expect(await page.evaluate(() => Reflect.get(window, 'violations'))).toEqual([]);

  const frame = page.frames().find((candidate) => candidate.url().endsWith('/chatkit-diagram.html'));
  if (frame === undefined) throw new Error('no frame');
  const reached = await frame.evaluate(async () => {
    const outcome = async (attempt: () => unknown) => {
      try {
        await attempt();
        return 'reached';
      } catch (error) {
        return error instanceof Error ? error.name : 'failed';
      }
    };
    return {
      origin: window.origin,
      parent: await outcome(() => parent.document.title),
      storage: await outcome(() => localStorage.length),
    };
  });
  expect(reached).toEqual({
    origin: 'null',
    parent: 'SecurityError',
    storage: 'SecurityError',
  });
});
