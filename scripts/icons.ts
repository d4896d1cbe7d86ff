/** Renders resources/icon.svg to the PNG sizes that packages need. Run when the mark changes: node scripts/icons.ts */
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

const resources = path.resolve(import.meta.dirname, '..', 'resources');
const svg = fs.readFileSync(path.join(resources, 'icon.svg'), 'utf8');
const system = '/usr/bin/chromium';

const browser = await chromium.launch({
  ...(fs.existsSync(system) ? { executablePath: system } : {}),
  args: ['--no-sandbox'],
});
for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  const file = path.join(resources, 'icons', `${size}x${size}.png`);
  await page.screenshot({ path: file, omitBackground: true });
  await page.close();
}
await browser.close();
