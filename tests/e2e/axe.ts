/** What axe finds wrong with a whole page. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One line for each rule that is broken; empty when all is well. */
export async function violations(page: Page): Promise<string[]> {
  // Half-faded texts have no contrast worth measuring.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const result = await axe.run();
    return result.violations.map(
      (v) => `${v.id}: ${v.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
  });
}
