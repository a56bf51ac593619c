import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { installed } from '../support/in-path';
import { stages } from './chromium';

const stage = stages();

test('from the first screen to a verdict with one click', async () => {
  const { page, errors } = stage();
  await page.getByRole('button', { name: /Is this address malicious/ }).click();
  await page.getByText('malicious').first().waitFor();
  expect(await page.getByText('Connected to the sandbox').count()).toBe(0);
  expect(page.url()).not.toMatch('#');
  expect(errors).toEqual([]);
});

test('a slow command shows that it runs, and is cancelled', async () => {
  const { page, sandbox } = stage();
  sandbox.faults = { ...sandbox.faults, latency: 600_000 };
  await page.getByRole('combobox', { name: 'Command' }).fill('host contoso.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The command was cancelled').first().waitFor();
  expect(await page.locator('.running').count()).toBe(0);
});

test('shows an error entry for an unavailable service, and a message for a stopped server', async () => {
  const { page, sandbox, web } = stage();
  await sandbox.close();
  await stage().run('host contoso.com');
  await page.locator('.entry.error').waitFor();
  await web.server.close();
  await page.getByText('not connected').waitFor();
  await page.getByRole('combobox', { name: 'Command' }).fill('host example.org');
  await page.keyboard.press('Enter');
  await page.getByText('Is `mdti web` still running?').waitFor();
});

test('lines typed in the terminal appear in the browser, and the reverse', async () => {
  const { page, web, sandbox } = stage();
  await stage().run('host contoso.com');
  const mdti = installed(sandbox);
  const terminal = spawn('mdti', ['war-room', 'case', '--params', mdti.paramsFile], {
    env: { ...mdti.env, MDTI_STATE_FILE: web.stateFile },
  });
  let output = '';
  const prints = (text: string) =>
    new Promise<void>((resolve) => {
      terminal.stdout.on('data', (part) => {
        output += part;
        if (output.includes(text)) resolve();
      });
    });
  try {
    const listed = prints('host contoso.com');
    terminal.stdin.write('host example.org\n/entries\n');
    await page.locator('.line', { hasText: 'host example.org' }).waitFor();
    await page.getByText('The terminal added: host example.org').waitFor();
    await listed;
  } finally {
    terminal.kill();
  }
});

test('a long table draws only the rows in view, sorts and filters', async () => {
  const { page } = stage();
  await stage().run('host-subdomains contoso.com all_results=true');
  await page.getByRole('button', { name: /All fields of 10\d rows/ }).click();
  await page
    .getByText(/^10\d rows$/)
    .last()
    .waitFor();
  expect(await page.locator('tbody tr:not(.spacer)').count()).toBeLessThan(60);
  const first = page.locator('.windowed tbody tr:not(.spacer)').first();
  const host = page.locator('.windowed').getByRole('button', { name: 'host.id' });
  await host.click();
  await page.locator('.windowed th[aria-sort=ascending]').waitFor();
  const ascending = await first.innerText();
  await host.click();
  await page.locator('.windowed th[aria-sort=descending]').waitFor();
  expect(await first.innerText()).not.toBe(ascending);
  await page.getByRole('searchbox', { name: 'Filter rows' }).last().fill('mail');
  await page.getByText(/^\d+ of 10\d rows$/).waitFor();
});

test('rows are copied and exported as CSV, and a path of the context as a reference', async () => {
  const { page } = stage();
  await stage().run('host-passive-dns contoso.com');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await page.getByText('Copied the rows as CSV').waitFor();
  const copied = await clipboard();
  expect(copied).toMatch(/^Host,Type,Answer,.*\r\ncontoso\.com,MX,mail\.contoso\.com,/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toBe(copied);
  const tree = page.getByRole('region', { name: 'Context tree' });
  await tree.getByRole('button', { name: /PassiveDns/, expanded: false }).click();
  await tree.getByRole('button', { name: /^0/ }).click();
  await tree
    .getByRole('button', { name: 'Copy path MSGDefenderThreatIntel.PassiveDns.[0].recordType' })
    .click();
  await page.getByText('Copied ${').waitFor();
  expect(await clipboard()).toBe('${MSGDefenderThreatIntel.PassiveDns.[0].recordType}');
});

test('completes names, arguments, choices and context values; restores the history', async () => {
  const { page } = stage();
  await stage().run('host contoso.com');
  const input = page.getByRole('combobox', { name: 'Command' });
  const complete = async (typed: string, option: string | RegExp) => {
    await input.pressSequentially(typed);
    await page.getByRole('option', { name: option }).first().waitFor();
    await page.keyboard.press('Tab');
    return input.inputValue();
  };
  expect(await complete('host-pass', /host-passive-dns/)).toBe('host-passive-dns ');
  expect(await complete('dir', /direction=/)).toBe('host-passive-dns direction=');
  expect(await complete('rev', /reverse/)).toBe('host-passive-dns direction=reverse ');
  expect(await complete('host_id=', /contoso\.com/)).toBe(
    'host-passive-dns direction=reverse host_id=contoso.com ',
  );
  await input.fill('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  expect(await input.inputValue()).toBe('host contoso.com');
  await page.keyboard.press('ArrowDown');
  expect(await input.inputValue()).toBe('');
});

test('hostile strings run nowhere', async () => {
  const { page, web, errors } = stage();
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
  await stage().showGraph();
  await page.locator('.node.article').click();
  await page.getByRole('tab', { name: /Articles/ }).click();
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await page.locator('a[href^="javascript"], main img, .drawer img').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('a link from the data opens a warning page in a new tab', async () => {
  const { page } = stage();
  await stage().run('ip 192.0.2.1');
  const link = page.locator('.markdown a').first();
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await opened.getByText('This link leads to another site').waitFor();
  expect(await opened.evaluate('window.opener')).toBeNull();
});
