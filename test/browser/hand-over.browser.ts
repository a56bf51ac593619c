import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStage, stages } from './chromium';

const stage = stages();

test('an investigation is exported, and imported into an empty one', async () => {
  const { page } = stage();
  await stage().run('ip 192.0.2.1');
  await page.getByRole('button', { name: 'Report' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /Export investigation/ }).click(),
  ]);
  const file = await download.path();
  const other = await openStage(stage().browser);
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
  const { page, web } = stage();
  await stage().run('ip 192.0.2.1');
  await stage().run('expand contoso.com');
  await stage().showGraph();
  await page.getByRole('button', { name: 'Report' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /HTML/ }).click(),
  ]);
  const file = join(web.stateFile, '../report.html');
  writeFileSync(file, readFileSync(await download.path()));
  const offline = await stage().browser.newContext({ javaScriptEnabled: false, offline: true });
  const opened = await offline.newPage();
  const requests: string[] = [];
  opened.on('request', (request) => requests.push(request.url()));
  await opened.goto(`file://${file}`);
  await opened.getByText('✕ malicious').first().waitFor();
  expect(await opened.locator('svg g').count()).toBeGreaterThan(5);
  expect(requests).toEqual([`file://${file}`]);
  await offline.close();
});

test('a report in Markdown has verdicts and the lines', async () => {
  const { page } = stage();
  await stage().run('ip 192.0.2.1');
  await page.getByRole('button', { name: 'Report' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /Markdown/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('case.md');
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toMatch('| 192.0.2.1 | IP address | ✕ malicious |');
  expect(text).toMatch('`ip 192.0.2.1`');
});

test('without a sign-in the first screen shows how to sign in, and offers the sandbox', async () => {
  const bare = await openStage(stage().browser, { login: false });
  const { page } = bare;
  await page.getByText('mdti login').waitFor();
  expect(await page.locator('.examples button').count()).toBe(0);
  await page.getByRole('button', { name: 'Use the sandbox' }).click();
  await page.getByText('Connected to the sandbox').waitFor();
  expect(await page.locator('.examples button').count()).toBe(3);
  await page.getByRole('button', { name: /What belongs to this domain/ }).click();
  await page.locator('.line:not(.running)').waitFor();
  await bare.close();
});
