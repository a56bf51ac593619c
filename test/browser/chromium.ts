import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { servicesOf, startWeb, type Web } from '../doors/web/web-server';
import { WORLD } from '../support/case';
import { launch } from './launch';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** A browser with one page on a fresh investigation. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly web: Web;
  readonly page: Page;
  /** What the page wrote to its console as an error, and errors that nothing caught. */
  readonly errors: readonly string[];
  /** Types a line and waits for its entries. */
  run(line: string): Promise<void>;
  showGraph(): Promise<void>;
  /** Violations of the accessibility rules, each in a line. */
  audit(): Promise<string[]>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly stateFile?: string;
  /** Whether parameters for a sign-in are there. */
  readonly login?: boolean;
}

export async function openStage(browser: Browser, options: StageOptions = {}): Promise<Stage> {
  const { width = 1280, height = 800, dark = false, stateFile, login = true } = options;
  const sandbox = await startSandbox({ world: WORLD });
  const services = servicesOf(sandbox);
  const web = await startWeb(login ? services : { ...services, params: {} }, sandbox, stateFile);
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(web.server.newAddress());
  await page.waitForSelector('.app');
  return {
    sandbox,
    web,
    page,
    errors,
    async run(line) {
      const before = await page.locator('.line:not(.running)').count();
      await page.getByRole('combobox', { name: 'Command' }).fill(line);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await page.locator('.line:not(.running)').nth(before).waitFor();
    },
    async showGraph() {
      await page.getByRole('navigation').getByRole('button', { name: 'Graph' }).click();
      await settled(page);
    },
    async audit() {
      await page.evaluate(AXE);
      const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
      const { violations } = found as { violations: { id: string; nodes: { html: string }[] }[] };
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
      );
    },
    async close() {
      await context.close();
      await web.server.close();
      await sandbox.close();
    },
  };
}

/** Opens a browser for the tests of a file, and a stage for each of them. */
export function stages(): () => Stage & { readonly browser: Browser } {
  let browser: Browser;
  let stage: Stage;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    stage = await openStage(browser);
  });
  afterEach(() => stage.close());
  return () => ({ ...stage, browser });
}

/** Waits until the layout has ended and every node has its place. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('.node[transform]');
  await page.waitForSelector('.picture:not([aria-busy])');
}

/** Nodes that are not completely within the picture. */
export function nodesOutside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const frame = document.querySelector('.picture')?.getBoundingClientRect() ?? new DOMRect();
    return [...document.querySelectorAll<SVGGElement>('.node')].flatMap((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const inside = left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;
      return inside ? [] : [node.dataset.id ?? ''];
    });
  });
}

/** Positions of all nodes by their ids. */
export function placesOf(page: Page): Promise<Record<string, string | null>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<SVGGElement>('.node')].map((node) => [
        node.dataset.id ?? '',
        node.getAttribute('transform'),
      ]),
    ),
  );
}
