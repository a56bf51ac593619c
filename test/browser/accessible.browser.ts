import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openStage, settled } from './chromium';
import { launch } from './launch';
import { SCREENS } from './screens';

/** Screenshots of every screen, to be looked at; git ignores the folder. */
const SHOTS = join(__dirname, '../../node_modules/.cache/screens');

let browser: Browser;
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await launch();
});
afterAll(() => browser.close());

/** Sizes in pixels; the rules of accessibility are checked where the layout or the colors are others. */
test.each([
  { width: 1280, height: 800, dark: false, rules: true },
  { width: 1280, height: 800, dark: true, rules: true },
  { width: 1920, height: 1080, dark: false, rules: false },
  { width: 1920, height: 1080, dark: true, rules: false },
  { width: 390, height: 844, dark: false, rules: true },
  { width: 390, height: 844, dark: true, rules: false },
  { width: 3840, height: 2160, dark: false, rules: false },
  // 200 % zoom of 1280 by 800 is a viewport of half the size.
  { width: 640, height: 400, dark: false, rules: false },
])('every screen fits at $width by $height (dark: $dark, rules: $rules)', async (options) => {
  const { width, dark, rules } = options;
  const stage = await openStage(browser, options);
  const found: string[] = [];
  for (const [name, go] of SCREENS) {
    await go(stage);
    if (rules) found.push(...(await stage.audit()).map((violation) => `${name}: ${violation}`));
    await stage.page.screenshot({ path: join(SHOTS, `${width}-${dark ? 'dark' : 'light'}-${name}.png`) });
    const wider = await stage.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wider) found.push(`${name}: scrolls sideways`);
  }
  const { errors } = stage;
  await stage.close();
  expect(found).toEqual([]);
  expect(errors).toEqual([]);
});

test.each([false, true])(
  'the screens without an investigation have no violation (dark: %s)',
  async (dark) => {
    const stage = await openStage(browser, { dark, login: false });
    const { page, web } = stage;
    const found: string[] = [];
    async function look(name: string): Promise<void> {
      found.push(...(await stage.audit()).map((violation) => `${name}: ${violation}`));
      await page.screenshot({ path: join(SHOTS, `1280-${dark ? 'dark' : 'light'}-${name}.png`) });
    }
    await page.getByText('No sign-in is configured').waitFor();
    await look('no-login');
    await page.goto(`http://127.0.0.1:${web.server.port}/leave?to=https%3A%2F%2Fwww.example.org%2Fa%3Fb%3Dc`);
    await page.getByText('This link leads to another site').waitFor();
    await look('leave');
    await page.context().clearCookies();
    await page.goto(`http://127.0.0.1:${web.server.port}/`);
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor();
    await look('signed-out');
    await stage.close();
    expect(found).toEqual([]);
  },
);

test('a whole investigation by keyboard alone', async () => {
  const stage = await openStage(browser);
  const { page } = stage;
  async function tabTo(selector: string): Promise<void> {
    for (let steps = 0; steps < 80; steps++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${selector}`);
  }
  // A menu takes the focus after it is drawn.
  const inMenu = () =>
    page.waitForFunction(() => document.activeElement?.matches('[role=menu] *, [role=menuitem]') ?? false);
  const count = () => page.locator('.node').count();
  const more = (than: number) =>
    page.waitForFunction((before) => document.querySelectorAll('.node').length > before, than);
  // The first example gives a verdict.
  await tabTo('.examples button');
  await page.keyboard.press('Enter');
  await page.locator('.line:not(.running)').waitFor();
  await page.getByText('malicious').first().waitFor();
  // A command with completion.
  await tabTo('[aria-label=Command]');
  await page.keyboard.type('host-passive');
  await page.keyboard.press('Tab');
  await page.keyboard.type('contoso.com');
  await page.keyboard.press('Enter');
  await page.locator('.line:not(.running)').nth(1).waitFor();
  // The graph: a pivot by the menu, arrows, details, undo.
  await page.keyboard.press('Alt+2');
  await settled(page);
  await tabTo('.node');
  const before = await count();
  await page.keyboard.press('e');
  await page.getByRole('menu', { name: /Pivot/ }).waitFor();
  await inMenu();
  const items = await page.locator('.node-menu [role=menuitem] > span:first-child').allInnerTexts();
  for (let step = 0; step < items.indexOf('All relations'); step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await more(before);
  await settled(page);
  await tabTo('.node');
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
  expect(await page.evaluate(() => document.activeElement?.matches('.node'))).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('.drawer h2').waitFor();
  await tabTo('[role=tab][aria-selected=true]');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await page.locator('.drawer').waitFor({ state: 'detached' });
  await tabTo('.node');
  const shown = await count();
  await page.keyboard.press('h');
  await page.waitForFunction((now) => document.querySelectorAll('.node').length < now, shown);
  await page.keyboard.press('Control+z');
  await more(shown - 1);
  // The report.
  await tabTo('.top .tools .menu-anchor button');
  await page.keyboard.press('Enter');
  await page.getByRole('menu', { name: 'Report' }).waitFor();
  await inMenu();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toBe('case.html');
  await page.keyboard.press('Alt+1');
  await page.locator('.line').nth(1).waitFor();
  await stage.close();
});
