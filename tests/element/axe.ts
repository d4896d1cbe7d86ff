/** What axe finds wrong with the chat on a page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One line for each element that breaks a rule of WCAG 2.2 AA or a best practice; empty when all is well. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: that would break the policy of pages that have one.
  await page.evaluate(`if (!('axe' in window)) { ${axeSource} }`);
  return page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: typeof axe };
    const result = await run.run('openai-chatkit', {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
    );
  });
}
