import { readFileSync } from 'node:fs';
import { nodesOutside, placesOf, settled, stages } from './chromium';

const stage = stages();

test('expands three hops by the menu of a node without moving known nodes', async () => {
  const { page, errors } = stage();
  await stage().run('host contoso.com');
  await stage().showGraph();
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

test('a hub is one group that opens page by page, and undo reverts the step', async () => {
  const { page } = stage();
  await stage().run('host-subdomains contoso.com all_results=true');
  await stage().showGraph();
  await page.getByRole('button', { name: /Group of 10\d domains/ }).click();
  await page.getByRole('button', { name: /Group of 8\d more domains/ }).waitFor();
  expect(await page.locator('.node.domain').count()).toBe(21);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /Group of 10\d domains/ }).waitFor();
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.getByRole('button', { name: /Group of 8\d more domains/ }).waitFor();
});

test('a group that an expansion counted is read from Graph page by page, within the frame', async () => {
  const { page, sandbox, errors } = stage();
  await stage().run('expand contoso.com follow=subdomains fan_out=5');
  await stage().showGraph();
  const group = (name: RegExp) => page.getByRole('button', { name });
  expect(await page.locator('.node').count()).toBe(7);
  const before = await placesOf(page);
  const requests = sandbox.requests.length;
  await group(/Group of 97 more subdomains/).click();
  await group(/Group of 77 more subdomains/).waitFor();
  await settled(page);
  expect(sandbox.requests).toHaveLength(requests + 1);
  expect(await page.locator('.node.domain').count()).toBe(26);
  expect(await placesOf(page)).toMatchObject(before);
  expect(await nodesOutside(page)).toEqual([]);
  await group(/Group of 77 more subdomains/).focus();
  await page.keyboard.press('Enter');
  await group(/Group of 57 more subdomains/).waitFor();
  await settled(page);
  expect(await nodesOutside(page)).toEqual([]);
  expect(errors).toEqual([]);
});

test('the menu shows how much Graph has of each relation', async () => {
  const { page } = stage();
  await stage().run('host contoso.com');
  await stage().showGraph();
  await page.locator('.node').focus();
  await page.keyboard.press('e');
  await page.getByRole('menuitem', { name: 'Subdomains 102 records' }).waitFor();
  expect(await page.locator('.line').count()).toBe(0);
  await page.getByRole('menuitem', { name: 'Subdomains 102 records' }).click();
  await page.getByRole('button', { name: 'Group of 102 subdomains' }).waitFor();
  await page.locator('.node[data-id="domain:contoso.com"]').focus();
  await page.keyboard.press('e');
  await page.getByRole('menuitem', { name: 'Subdomains 25 known, 102 records' }).waitFor();
});

test('the frame follows the drawer and new nodes until the picture is moved by hand', async () => {
  const { page } = stage();
  await stage().run('expand contoso.com');
  await stage().showGraph();
  expect(await nodesOutside(page)).toEqual([]);
  await page.locator('.node[data-id="domain:contoso.com"]').click();
  await page.locator('.drawer .pivots').waitFor();
  expect(await nodesOutside(page)).toEqual([]);
  for (let step = 0; step < 12; step++) await page.getByRole('button', { name: 'Zoom in' }).click();
  expect((await nodesOutside(page)).length).toBeGreaterThan(5);
  await page.locator('.node[data-id="domain:contoso.com"]').press('0');
  expect(await nodesOutside(page)).toEqual([]);
});

test('a node is pinned by a drag and released, hidden and shown again', async () => {
  const { page } = stage();
  await stage().run('expand contoso.com follow=resolutions');
  await stage().showGraph();
  const node = page.locator('.node[data-id="address:192.0.2.1"]');
  const box = await node.boundingBox();
  if (box === null) throw new Error('not drawn');
  const before = await placesOf(page);
  await page.mouse.move(box.x + 15, box.y + 15);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: /192\.0\.2\.1.*, pinned/ }).waitFor();
  expect((await placesOf(page))['address:192.0.2.1']).not.toBe(before['address:192.0.2.1']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.node[aria-label*="pinned"]').waitFor({ state: 'detached' });
  expect((await placesOf(page))['address:192.0.2.1']).toBe(before['address:192.0.2.1']);
  await node.focus();
  await page.keyboard.press('h');
  await node.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show 1 hidden' }).click();
  await node.waitFor();
});

test('an article is read in the drawer, and its indicators become nodes and chips', async () => {
  const { page } = stage();
  await stage().run('articles limit=1');
  await stage().showGraph();
  await page.locator('.node.article').click();
  await page.getByRole('tab', { name: /Articles/ }).click();
  expect((await page.locator('.article .markdown').innerText()).length).toBeGreaterThan(200);
  await page.getByRole('button', { name: 'Add all indicators to the graph' }).click();
  const chip = page.locator('.article .chip').first();
  await chip.waitFor();
  const value = await chip.innerText();
  await chip.click();
  await page.getByRole('complementary', { name: `Details of ${value}` }).waitFor();
});

test('certificates are a timeline, and a bar opens the certificate', async () => {
  const { page } = stage();
  await stage().run('host-ssl-certificates contoso.com');
  await stage().showGraph();
  await page.locator('.node[data-id="domain:contoso.com"]').click();
  await page.getByRole('tab', { name: /Certificates/ }).click();
  expect(await page.locator('.timeline rect').count()).toBeGreaterThan(2);
  await page.locator('.timeline rect').first().click();
  await page.locator('.drawer .kind', { hasText: 'Certificate' }).waitFor();
  await page.getByText('Issuer').waitFor();
});

test('the drawer has a timeline, WHOIS changes, ports with banners, and compares two hosts', async () => {
  const { page } = stage();
  for (const line of ['domain contoso.com', 'host-passive-dns contoso.com', 'host-passive-dns 192.0.2.1'])
    await stage().run(line);
  await stage().run('host-whois-history contoso.com limit=30');
  await stage().run('host-ports contoso.com');
  await stage().showGraph();
  await page.locator('.node[data-id="domain:contoso.com"]').click();
  await page.getByRole('tab', { name: /Resolutions/ }).click();
  const bars = page.locator('.timeline rect');
  const alone = await bars.count();
  expect(alone).toBeGreaterThan(4);
  await page.getByRole('combobox', { name: 'Compare with another host' }).selectOption('address:192.0.2.1');
  await page.waitForFunction((count) => document.querySelectorAll('.timeline rect').length > count, alone);
  await page.getByText('Both have mail.contoso.com: never at the same time').waitFor();
  await page.getByRole('button', { name: 'Show less time' }).click();
  await page.getByRole('tab', { name: /WHOIS/ }).click();
  expect(await page.locator('.changes ins').count()).toBeGreaterThan(0);
  await page.getByRole('tab', { name: /Ports/ }).click();
  await page.getByText('SSH-2.0').first().waitFor();
});

test('a reload keeps lines, graph, places and hidden nodes', async () => {
  const { page } = stage();
  await stage().run('expand contoso.com follow=resolutions');
  await stage().showGraph();
  const stored = page.waitForResponse((response) => response.url().endsWith('/api/view'));
  await page.locator('.node.address').first().focus();
  await page.keyboard.press('h');
  await stored;
  const places = await placesOf(page);
  await page.reload();
  await page.waitForSelector('.app');
  expect(await page.locator('.line').count()).toBe(1);
  await stage().showGraph();
  expect(await placesOf(page)).toEqual(places);
});

test('the graph is exported as PNG, SVG, GraphML, STIX and Mermaid', async () => {
  const { page } = stage();
  await stage().run('expand contoso.com follow=resolutions');
  await stage().showGraph();
  for (const [item, begin] of [
    ['PNG', '\u0089PNG'],
    ['SVG', '<svg xmlns'],
    ['GraphML', '<?xml version'],
    ['STIX 2.1', '{\n  "type": "bundle"'],
    ['Mermaid', 'flowchart LR'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    expect(readFileSync(await download.path(), 'latin1').startsWith(begin)).toBe(true);
  }
});

test('search, filters and the time slider change the drawn nodes', async () => {
  const { page } = stage();
  await stage().run('expand contoso.com');
  await stage().showGraph();
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
  await page.getByRole('checkbox', { name: /malicious/ }).uncheck();
  await page.locator('.node.malicious').first().waitFor({ state: 'detached' });
  await page.getByRole('checkbox', { name: /malicious/ }).check();
  await page.getByRole('checkbox', { name: /IP address/ }).check();
  await page.getByRole('slider', { name: /^to/ }).fill('15000');
  await page.waitForFunction((count) => document.querySelectorAll('.node').length < count, all);
});
