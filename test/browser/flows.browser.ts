import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { installed } from '../support/in-path';
import { launch, openStage, placesOf, type Stage, settled } from './chromium';

let browser: Browser;
let stage: Stage;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  stage = await openStage(browser);
});
afterEach(async () => {
  await stage.close();
});

test('from the first screen to a verdict with one click', async () => {
  const { page, errors } = stage;
  await page.getByRole('button', { name: /Is this address bad/ }).click();
  await page.getByText('malicious').first().waitFor();
  expect(await page.getByText('Connected to the sandbox').count()).toBe(0);
  expect(page.url()).not.toMatch('#');
  expect(errors).toEqual([]);
});

test('three hops by the menu of a node; what is known stays where it is', async () => {
  const { page, errors } = stage;
  await stage.run('host contoso.com');
  await stage.showGraph();
  async function pivot(id: string, relation: string): Promise<void> {
    const count = await page.locator('.node').count();
    await page.locator(`.node[data-id="${id}"]`).dispatchEvent('dblclick');
    await page.getByRole('menuitem', { name: relation }).first().click();
    await page.waitForFunction((before) => document.querySelectorAll('.node').length > before, count);
    await settled(page);
  }
  await pivot('domain:contoso.com', 'Resolutions');
  const before = await placesOf(page);
  await pivot('address:192.0.2.1', 'Resolutions');
  const after = await placesOf(page);
  for (const [id, place] of Object.entries(before))
    if (id in after) expect([id, after[id]]).toEqual([id, place]);
  await pivot('domain:contoso.com', 'Certificates');
  expect(await page.locator('.node.certificate').count()).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test('a hub is one group that opens page by page, and undo takes the step back', async () => {
  const { page } = stage;
  await stage.run('host-subdomains contoso.com all_results=true');
  await stage.showGraph();
  const group = page.locator('.node.group');
  await expect(group.getAttribute('aria-label')).resolves.toMatch(/Group of 10\d domains/);
  await group.click();
  await settled(page);
  await expect(group.getAttribute('aria-label')).resolves.toMatch(/Group of 8\d more domains/);
  expect(await page.locator('.node.domain').count()).toBe(21);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(group.getAttribute('aria-label')).resolves.toMatch(/Group of 10\d domains/);
});

test('the drawer has a timeline, WHOIS changes, ports with banners, and compares two hosts', async () => {
  const { page } = stage;
  for (const line of ['domain contoso.com', 'host-passive-dns contoso.com', 'host-passive-dns 192.0.2.1'])
    await stage.run(line);
  await stage.run('host-whois-history contoso.com limit=30');
  await stage.run('host-ports contoso.com');
  await stage.showGraph();
  await page.locator('.node[data-id="domain:contoso.com"]').click();
  await page.getByRole('tab', { name: /Resolutions/ }).click();
  const bars = page.locator('.timeline rect');
  const alone = await bars.count();
  expect(alone).toBeGreaterThan(4);
  await page.getByRole('combobox', { name: 'Compare with another host' }).selectOption('address:192.0.2.1');
  await page.waitForFunction((count) => document.querySelectorAll('.timeline rect').length > count, alone);
  await page.getByRole('button', { name: 'Show less time' }).click();
  await page.getByRole('tab', { name: /WHOIS/ }).click();
  expect(await page.locator('.changes ins').count()).toBeGreaterThan(0);
  await page.getByRole('tab', { name: /Ports/ }).click();
  await page.getByText('SSH-2.0').first().waitFor();
});

test('a slow command shows that it runs, and is cancelled', async () => {
  const { page, sandbox } = stage;
  sandbox.faults = { ...sandbox.faults, latency: 600_000 };
  await page.getByRole('combobox', { name: 'Command' }).fill('host contoso.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The command was cancelled').first().waitFor();
  expect(await page.locator('.running').count()).toBe(0);
});

test('a service that is down is an error entry; a stopped server is said', async () => {
  const { page, sandbox, web } = stage;
  await sandbox.close();
  await stage.run('host contoso.com');
  await page.locator('.entry.error').waitFor();
  await web.server.close();
  await page.getByText('not connected').waitFor();
  await page.getByRole('combobox', { name: 'Command' }).fill('host example.org');
  await page.keyboard.press('Enter');
  await page.getByText('Is `mdti web` still running?').waitFor();
});

test('a reload keeps lines, graph, places and hidden nodes', async () => {
  const { page } = stage;
  await stage.run('expand contoso.com follow=resolutions');
  await stage.showGraph();
  const stored = page.waitForResponse((response) => response.url().endsWith('/api/view'));
  await page.locator('.node.address').first().focus();
  await page.keyboard.press('h');
  await stored;
  const places = await placesOf(page);
  await page.reload();
  await page.waitForSelector('.app');
  expect(await page.locator('.line').count()).toBe(1);
  await stage.showGraph();
  expect(await placesOf(page)).toEqual(places);
});

test('what is typed in the terminal appears within a second, and the other way round', async () => {
  const { page, web, sandbox } = stage;
  await stage.run('host contoso.com');
  const mdti = installed(sandbox);
  const terminal = spawn('mdti', ['war-room', 'case', '--params', mdti.paramsFile], {
    env: { ...mdti.env, MDTI_STATE_FILE: web.stateFile },
  });
  const written = new Promise<number>((resolve) => terminal.stdout.once('data', () => resolve(Date.now())));
  terminal.stdin.write('host example.org\n');
  const at = await written;
  await page.locator('.line', { hasText: 'host example.org' }).waitFor();
  expect(Date.now() - at).toBeLessThan(1_000);
  await page.getByText('The terminal added: host example.org').waitFor();
  terminal.stdin.write('/entries\n');
  const listed = new Promise<string>((resolve) =>
    terminal.stdout.once('data', (part) => resolve(String(part))),
  );
  expect(await listed).toMatch('host contoso.com');
  terminal.stdin.end();
});

test('an investigation is exported, and imported into an empty one', async () => {
  const { page } = stage;
  await stage.run('ip 192.0.2.1');
  await page.getByRole('button', { name: 'Report' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /Export investigation/ }).click(),
  ]);
  const file = await download.path();
  const other = await openStage(browser);
  await other.page.getByRole('button', { name: 'Report' }).click();
  const [chooser] = await Promise.all([
    other.page.waitForEvent('filechooser'),
    other.page.getByRole('menuitem', { name: /Import/ }).click(),
  ]);
  await chooser.setFiles(file);
  await other.page.getByText('Imported 1 line.').waitFor();
  await other.page.getByText('malicious').first().waitFor();
  await other.close();
});

test('a report opens from the disk, without scripts and without a network', async () => {
  const { page, web } = stage;
  await stage.run('ip 192.0.2.1');
  await stage.run('expand contoso.com');
  await stage.showGraph();
  await page.getByRole('button', { name: 'Report' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /HTML/ }).click(),
  ]);
  const file = join(web.stateFile, '../report.html');
  writeFileSync(file, readFileSync(await download.path()));
  const offline = await browser.newContext({ javaScriptEnabled: false, offline: true });
  const opened = await offline.newPage();
  const requests: string[] = [];
  opened.on('request', (request) => requests.push(request.url()));
  await opened.goto(`file://${file}`);
  await opened.getByText('✕ malicious').first().waitFor();
  expect(await opened.locator('svg g').count()).toBeGreaterThan(5);
  expect(requests).toEqual([`file://${file}`]);
  await offline.close();
});

test('the graph is exported as PNG and SVG', async () => {
  const { page } = stage;
  await stage.run('expand contoso.com follow=resolutions');
  await stage.showGraph();
  for (const [item, begin] of [
    ['PNG', '\u0089PNG'],
    ['SVG', '<svg xmlns'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    expect(readFileSync(await download.path(), 'latin1').startsWith(begin)).toBe(true);
  }
});

test('search, filters and the time slider change what is drawn', async () => {
  const { page } = stage;
  await stage.run('expand contoso.com');
  await stage.showGraph();
  await page.getByRole('searchbox', { name: 'Search the graph' }).fill('192.0.2');
  await page.getByText(/1 found/).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Details of 192.0.2.1' }).waitFor();
  await page.getByRole('searchbox', { name: 'Search the graph' }).fill('');
  const all = await page.locator('.node').count();
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('checkbox', { name: /IP address/ }).uncheck();
  await page.waitForFunction((count) => document.querySelectorAll('.node').length < count, all);
  expect(await page.locator('.node.address').count()).toBe(0);
  await page.getByRole('checkbox', { name: /IP address/ }).check();
  await page.getByRole('slider', { name: /^to/ }).fill('15000');
  await page.waitForFunction((count) => document.querySelectorAll('.node').length < count, all);
});

test('a long table draws only the rows in view, sorts and filters', async () => {
  const { page } = stage;
  await stage.run('host-subdomains contoso.com all_results=true');
  await page.getByRole('button', { name: /All fields of 10\d rows/ }).click();
  await page
    .getByText(/^10\d rows$/)
    .last()
    .waitFor();
  expect(await page.locator('tbody tr:not(.spacer)').count()).toBeLessThan(60);
  await page.getByRole('searchbox', { name: 'Filter rows' }).last().fill('mail');
  await page.getByText(/^\d+ of 10\d rows$/).waitFor();
});

test('hostile texts run nowhere', async () => {
  const { page, web, errors } = stage;
  const text = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  await web.post('/api/import', {
    context: {
      MSGDefenderThreatIntel: {
        Host: [{ id: text }],
        Article: [{ id: 'a', title: text, body: { content: text } }],
      },
    },
    happened: [
      {
        at: '2026-01-01T00:00:00.000Z',
        line: text,
        entries: [
          {
            Type: 1,
            ContentsFormat: 'json',
            Contents: [{ id: text }],
            HumanReadable: `### ${text}\n\n| ${text} |\n| --- |\n| ${text} |\n\n[x](javascript:window.hacked=1)`,
            EntryContext: null,
          },
        ],
      },
    ],
  });
  await page.locator('.line').waitFor();
  await page.getByRole('button', { name: /All fields/ }).click();
  await stage.showGraph();
  await page.locator('.node.article').click();
  await page.getByRole('tab', { name: /Articles/ }).click();
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await page.locator('a[href^="javascript"], main img, .drawer img').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('a link from the data opens a warning page in a new tab', async () => {
  const { page } = stage;
  await stage.run('ip 192.0.2.1');
  const link = page.locator('.markdown a').first();
  if ((await link.count()) === 0) return;
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await opened.getByText('This link leads to another site').waitFor();
  expect(await opened.evaluate('window.opener')).toBeNull();
});
