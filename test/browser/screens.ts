import type { Stage } from './chromium';

/** Every screen, in the order in which an investigation meets them. */
export const SCREENS: readonly (readonly [name: string, go: (stage: Stage) => Promise<void>])[] = [
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
  [
    'compare',
    async ({ page }) => {
      await page.getByRole('tab', { name: /Resolutions/ }).click();
      await page
        .getByRole('combobox', { name: 'Compare with another host' })
        .selectOption('address:192.0.2.1');
      await page.locator('.timeline .other').first().waitFor();
    },
  ],
  ['ports', ({ page }) => page.getByRole('tab', { name: /Ports/ }).click()],
  [
    'article',
    async (stage) => {
      await stage.page.getByRole('button', { name: 'Close details' }).click();
      await stage.page.getByRole('navigation').getByRole('button', { name: 'War Room' }).click();
      await stage.run('articles limit=1');
      await stage.showGraph();
      await stage.page.locator('.node.article').last().focus();
      await stage.page.keyboard.press('Enter');
      await stage.page.getByRole('tab', { name: /Articles/ }).click();
      await stage.page.locator('.article .markdown').waitFor();
    },
  ],
  [
    'report',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Report' }).click();
      await page.getByRole('menu').waitFor();
    },
  ],
];
