import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { type Sandbox, startSandbox } from '../src/sandbox';
import { launch } from '../test/browser/launch';
import { servicesOf, startWeb } from '../test/doors/web/web-server';
import { atLeast, atMost, type Figure, figure, figureOf } from './figure';
import { manyEntities, manyRows } from './web-world';

const DIST = join(__dirname, '../dist');
const STARTS = 7;
const SERIES = 5;

/** Milliseconds for which the picture is dragged. */
const PAN = 3_000;

/** The page of `mdti web` in Chromium, which draws in software: size, start, a large graph, a long table. */
export async function web(): Promise<Figure[]> {
  const browser = await launch();
  const sandbox = await startSandbox({ world: join(__dirname, '../test_data/world') });
  try {
    return [
      figureOf('web: scripts, gzipped', scriptSize(), 'KB', atMost(120)),
      figure('web: from the command to a usable page', 'ms', await repeat(STARTS, () => start(browser))),
      ...(await largeGraph(browser, sandbox)),
      figure(
        'web: longest stall in a table of 20,000 rows',
        'ms',
        await repeat(SERIES, () => longTable(browser, sandbox)),
        atMost(100),
      ),
    ];
  } finally {
    await browser.close();
    await sandbox.close();
  }
}

function scriptSize(): number {
  const folder = join(DIST, 'web');
  const scripts = readdirSync(folder).filter((file) => file.endsWith('.js'));
  return scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) / 1024;
}

async function repeat(times: number, measure: () => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let count = 0; count < times; count++) samples.push(await measure());
  return samples;
}

/** From the start of the process until a command can be typed; the browser runs already. */
async function start(browser: Browser): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-bench-'));
  const context = await browser.newContext();
  const page = await context.newPage();
  const begin = performance.now();
  const child = spawn(process.execPath, [join(DIST, 'mdti.cjs'), 'web', 'bench', '--sandbox'], {
    env: { PATH: process.env.PATH, MDTI_STATE_FILE: join(folder, 'state') },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = await once(child.stdout, 'data');
  await page.goto(String(address).trim());
  await page.getByRole('combobox', { name: 'Command' }).waitFor();
  const taken = performance.now() - begin;
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  await ended;
  await context.close();
  rmSync(folder, { recursive: true });
  return taken;
}

async function largeGraph(browser: Browser, sandbox: Sandbox): Promise<Figure[]> {
  const layouts: number[] = [];
  const pans: number[] = [];
  for (let series = 0; series < SERIES; series++)
    await withPage(browser, sandbox, manyEntities(1_000), async (page) => {
      layouts.push(await page.evaluate<number>(SHOW_GRAPH));
      pans.push(await framesWhilePanning(page));
    });
  return [
    figure('web: layout of 1,000 entities', 'ms', layouts, atMost(2_000)),
    figure('web: panning 1,000 entities', 'frames/s', pans, atLeast(50)),
  ];
}

async function framesWhilePanning(page: Page): Promise<number> {
  await page.mouse.move(20, 400);
  await page.mouse.down();
  await page.evaluate(COUNT_FRAMES);
  const begin = performance.now();
  for (let step = 0; performance.now() - begin < PAN; step++)
    await page.mouse.move(20 + ((step * 9) % 500), 400 + ((step * 5) % 200));
  const seconds = (performance.now() - begin) / 1_000;
  const { frames } = await page.evaluate<Frames>('window.measured');
  await page.mouse.up();
  return frames / seconds;
}

/** The longest time without a frame while the table is opened, sorted, filtered and scrolled. */
async function longTable(browser: Browser, sandbox: Sandbox): Promise<number> {
  let stall = 0;
  await withPage(browser, sandbox, manyRows(20_000), async (page) => {
    const rows = page.getByRole('button', { name: /All fields of 20000 rows/ });
    await rows.waitFor();
    await page.evaluate(COUNT_FRAMES);
    await rows.click();
    await page.getByText('20000 rows', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'host.id' }).click();
    await page.locator('th[aria-sort]').waitFor();
    await page.getByRole('searchbox', { name: 'Filter rows' }).fill('host-1');
    await page.getByText(/ of 20000 rows/).waitFor();
    await page.locator('.table-scroll').hover();
    for (let step = 0; step < 60; step++) await page.mouse.wheel(0, 900);
    stall = (await page.evaluate<Frames>('window.measured')).longest;
  });
  return stall;
}

async function withPage(
  browser: Browser,
  sandbox: Sandbox,
  investigation: object,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-bench-'));
  const served = await startWeb(servicesOf(sandbox), sandbox, join(folder, 'state'));
  const reply = await served.post('/api/import', investigation);
  if (reply.status !== 200) throw new Error(reply.text);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(served.server.newAddress());
  await page.locator('.line').waitFor();
  await work(page);
  await context.close();
  await served.server.close();
  rmSync(folder, { recursive: true });
}

interface Frames {
  readonly frames: number;
  readonly longest: number;
}

/** Scripts of the page are strings: this folder is checked without the types of a browser. */
const COUNT_FRAMES = `(() => {
  const measured = { frames: 0, longest: 0 };
  let last = performance.now();
  const count = (now) => {
    measured.frames += 1;
    measured.longest = Math.max(measured.longest, now - last);
    last = now;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  window.measured = measured;
})()`;

const SHOW_GRAPH = `new Promise((resolve) => {
  const start = performance.now();
  [...document.querySelectorAll('nav button')].find((button) => /Graph/.test(button.textContent)).click();
  const check = () => {
    const settled = document.querySelector('.node[transform]') && document.querySelector('.picture:not([aria-busy])');
    if (settled) resolve(performance.now() - start);
    else requestAnimationFrame(check);
  };
  check();
})`;
