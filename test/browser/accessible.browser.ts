import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launch, openStage, type Stage, settled } from './chromium';

/** Screenshots of every screen, to be looked at; git ignores the folder. */
const SHOTS = join(__dirname, '../../node_modules/.cache/screens');

let browser: Browser;
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

/** Every screen, in the order in which an investigation meets them. */
const SCREENS: readonly (readonly [name: string, go: (stage: Stage) => Promise<void>])[] = [
  ['first', async () => {}],
  ['completion', ({ page }) => page.getByRole('combobox', { name: 'Command' }).fill('host')],
  [
    'room',
    async (stage) => {
      await stage.run('domain contoso.com');
      await stage.run('ip 192.0.2.1');
      await stage.run('host nobody.example');
      await stage.run('no-such-command');
      await stage.run('host-passive-dns contoso.com');
    },
  ],
  [
    'graph',
    async (stage) => {
      await stage.run('expand contoso.com');
      await stage.run('expand 192.0.2.1');
      await stage.run('host-whois contoso.com');
      await stage.run('host-whois-history contoso.com limit=30');
      await stage.run('host-ports contoso.com');
      await stage.showGraph();
    },
  ],
  [
    'filter',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Filter' }).click();
    },
  ],
  [
    'menu',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.locator('.node[data-id="domain:contoso.com"]').focus();
      await page.keyboard.press('e');
      await page.getByRole('menu', { name: /Pivot/ }).waitFor();
    },
  ],
  [
    'details',
    async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.locator('.node[data-id="domain:contoso.com"]').focus();
      await page.keyboard.press('Enter');
      await page.locator('.drawer .pivots').first().waitFor();
    },
  ],
  ['timeline', ({ page }) => page.getByRole('tab', { name: /Resolutions/ }).click()],
  ['whois', ({ page }) => page.getByRole('tab', { name: /WHOIS/ }).click()],
  ['ports', ({ page }) => page.getByRole('tab', { name: /Ports/ }).click()],
];

test.each([
  [1280, 800, false],
  [1280, 800, true],
  [1920, 1080, false],
  [1920, 1080, true],
  [390, 844, false],
  [390, 844, true],
  // 200 % zoom of 1280 by 800 is a viewport of half the size.
  [640, 400, false],
])('no accessibility violation at %d by %d (dark: %s)', async (width, height, dark) => {
  const stage = await openStage(browser, { width, height, dark });
  const found: string[] = [];
  for (const [name, go] of SCREENS) {
    await go(stage);
    found.push(...(await stage.audit()).map((violation) => `${name}: ${violation}`));
    const file = `${width}-${dark ? 'dark' : 'light'}-${name}.png`;
    await stage.page.screenshot({ path: join(SHOTS, file) });
    const wider = await stage.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wider) found.push(`${name}: scrolls sideways`);
  }
  const { errors } = stage;
  await stage.close();
  expect(found).toEqual([]);
  expect(errors).toEqual([]);
});

test('a whole investigation by keyboard alone', async () => {
  const stage = await openStage(browser);
  const { page } = stage;
  async function tabTo(selector: string): Promise<void> {
    for (let steps = 0; steps < 60; steps++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${selector}`);
  }
  await tabTo('[aria-label=Command]');
  await page.keyboard.type('host-passive');
  await page.keyboard.press('Tab');
  await page.keyboard.type('contoso.com');
  await page.keyboard.press('Enter');
  await page.locator('.line:not(.running)').waitFor();
  await page.keyboard.press('Alt+2');
  await settled(page);
  await tabTo('.node');
  const first = await page.evaluate(() => (document.activeElement as SVGElement).dataset.id);
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
  expect(await page.evaluate(() => document.activeElement?.matches('.node'))).toBe(true);
  expect(first).toBeDefined();
  await page.keyboard.press('Enter');
  await page.locator('.drawer h2').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.drawer').waitFor({ state: 'detached' });
  await tabTo('.node');
  await page.keyboard.press('e');
  await page.getByRole('menu', { name: /Pivot/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await tabTo('.node');
  const count = await page.locator('.node').count();
  await page.keyboard.press('h');
  await page.waitForFunction((before) => document.querySelectorAll('.node').length < before, count);
  await page.keyboard.press('Control+z');
  await page.waitForFunction((before) => document.querySelectorAll('.node').length === before, count);
  await page.keyboard.press('Alt+1');
  await page.locator('.line').waitFor();
  await stage.close();
});
