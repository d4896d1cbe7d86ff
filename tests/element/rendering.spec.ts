/** Code in colours, formulas, and what of them stays readable before and without. */
import type { Page } from '@playwright/test';
import { answer, type FakeChatKit, userMessage } from './fake-chatkit.ts';
import { expect, test } from './fixtures.ts';
import { mount } from './helpers.ts';

const ANSWER = `## Falling bodies

The path after $t$ seconds is \\(s = \\tfrac{1}{2} g t^2\\), so a fall of $20\\,\\mathrm{m}$ takes

$$
t = \\sqrt{\\frac{2s}{g}} \\approx 2.02\\ \\mathrm{s}

$$

and costs $5 to $6. In a table:

| Height | $t$ |
| --- | --- |
| 5 m | $\\sqrt{|x|}$ |

\`\`\`python
import math

def fall(height: float, g: float = 9.81) -> float:
    """Seconds that a body falls."""
    if height < 0:
        raise ValueError(f"no such height: {height}")  # never below ground
    return math.sqrt(2 * height / g)
\`\`\`

\`\`\`diff
- old line
+ new line
\`\`\`

A mistake: $\\frac{1}{$ and a trick: $\\href{javascript:alert(1)}{x} \\includegraphics{https://evil.example/x.png}$.
`;

async function open(page: Page, server: FakeChatKit, text: string, scheme: 'light' | 'dark' = 'light') {
  const thread = server.addThread({ title: 'Rendering' });
  thread.items.push(userMessage(thread.id, 'Show me.'), answer(thread.id, text));
  await mount(page, server.url, { initialThread: thread.id, theme: scheme });
  await expect(page.locator('.ck-md').first()).toBeVisible();
}

for (const scheme of ['light', 'dark'] as const) {
  test(`colours code with enough contrast: ${scheme}`, async ({ page, server }) => {
    await open(page, server, ANSWER, scheme);
    const code = page.locator('.ck-code').first();
    await expect(code.locator('span', { hasText: /^def$/ })).toBeVisible();
    expect(await code.locator('pre').textContent()).toBe(
      `${/```python\n([\s\S]*?)\n```/.exec(ANSWER)?.[1] ?? ''}\n`,
    );
    const ratios = await code.evaluate((element) => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      const luminance = (color: string) => {
        if (canvas === null) return 0;
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
          const part = value / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = luminance(getComputedStyle(element).backgroundColor);
      return [...element.querySelectorAll('pre span')].map((span) => {
        const ink = luminance(getComputedStyle(span).color);
        return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
      });
    });
    expect(ratios.length).toBeGreaterThan(10);
    expect(Math.min(...ratios)).toBeGreaterThan(4.5);
    await page.screenshot({ path: `tests/artifacts/rendering-${scheme}.png` });
  });
}

test('colours code when it comes near, not before', async ({ page, server }) => {
  const code = '```python\ndef fall(height):\n    return height\n```';
  await open(page, server, `${code}\n\n${'A paragraph of some words.\n\n'.repeat(80)}${code}\n`);
  const keyword = (block: 'first' | 'last') =>
    page.locator('.ck-code')[block]().locator('span', { hasText: /^def$/ });
  await expect(keyword('last')).toBeVisible();
  await expect(page.locator('.ck-code').first()).not.toBeInViewport();
  await page.waitForTimeout(300);
  await expect(keyword('first')).toHaveCount(0);
  await page.locator('.ck-code').first().scrollIntoViewIfNeeded();
  await expect(keyword('first')).toBeVisible();
});

test('typesets formulas, keeps prices, and lets formulas reach nothing', async ({ page, server }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('evil')) elsewhere.push(request.url());
  });
  await open(page, server, ANSWER);
  await expect(page.locator('.ck-formula .katex')).toHaveCount(7);
  await expect(page.locator('.ck-formula--display .katex-display')).toHaveCount(1);
  await expect(page.locator('.ck-md')).toContainText('costs $5 to $6.');
  await expect(page.locator('.ck-table .katex')).toHaveCount(2);
  expect(await page.locator('.ck-formula :is(a, img, script)').count()).toBe(0);
  expect(await page.evaluate(() => document.fonts.check('16px KaTeX_Main'))).toBe(true);
  expect(elsewhere).toEqual([]);
});

test('wraps long lines on request', async ({ page, server }) => {
  await open(page, server, `\`\`\`js\nconst line = '${'long '.repeat(80)}';\n\`\`\``);
  const pre = page.locator('.ck-code pre');
  const scrolls = () => pre.evaluate((element) => element.scrollWidth > element.clientWidth);
  expect(await scrolls()).toBe(true);
  await page.getByRole('button', { name: 'Wrap long lines' }).click();
  expect(await scrolls()).toBe(false);
  await expect(page.getByRole('button', { name: 'Wrap long lines' })).toHaveAttribute('aria-pressed', 'true');
});
