import { commandLog, humanLog } from '../../src/doors/cli/human-log';
import { screenOf } from '../../src/doors/cli/terminal';
import { MDTI, mdti } from '../support/mdti';
import { Terminal } from '../support/terminal';

/** What a command prints in a terminal of 40 rows and 100 columns. */
async function inTerminal(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ text: string; raw: string }> {
  const terminal = new Terminal([process.execPath, MDTI, ...args], { PATH: process.env.PATH, ...env });
  await terminal.ended;
  return { text: terminal.text().replaceAll('\r', ''), raw: terminal.raw() };
}

const RED = '\u001b[31m!! malicious';

test('shows the verdict first, by color, sign and word', async () => {
  const { text, raw } = await inTerminal(['ip', '192.0.2.1', '--sandbox'], { PAGER: 'cat' });
  expect(raw).toContain(RED);
  expect(text.indexOf('!! malicious   192.0.2.1  100 of 100')).toBeLessThan(text.indexOf('Indicator'));
  expect(text.match(/UTC/g)).toHaveLength(1);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('%j: no styles, the same words', async (env) => {
  const { text, raw } = await inTerminal(['ip', '192.0.2.1', '--sandbox'], { PAGER: 'cat', ...env });
  expect(text).toContain('!! malicious');
  expect(raw.split('\u001b').filter((part) => /^\[\d+m/.test(part))).toEqual([]);
});

test('FORCE_COLOR styles a pipe', async () => {
  const { stdout } = await mdti(['ip', '192.0.2.1', '--sandbox'], '', { FORCE_COLOR: '1' });
  expect(stdout.startsWith(RED)).toBe(true);
});

test('long output goes through the pager, and without a pager it is printed', async () => {
  const [paged, plain] = await Promise.all([
    inTerminal(['articles', '--sandbox'], { PAGER: 'sed s/^/:/' }),
    inTerminal(['articles', '--sandbox'], { PAGER: 'no-such-pager 2>/dev/null' }),
  ]);
  expect(paged.text).toMatch(/^:Articles/m);
  expect(plain.text).toMatch(/^Articles/m);
});

test('a spinner shows while a slow service is waited for, and leaves nothing behind', async () => {
  const service = new Terminal([process.execPath, MDTI, 'sandbox', '--latency', '900'], {
    PATH: process.env.PATH,
  });
  await service.shows('Ctrl-C');
  const [line = ''] = service.text().match(/MDTI_ALLOW_ENDPOINTS=\S+ NODE_EXTRA_CA_CERTS=\S+/) ?? [];
  const params = /--params (\S+)/.exec(service.text())?.[1] ?? '';
  const env = Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
  const { text } = await inTerminal(['host', 'contoso.com', '--params', params], {
    ...env,
    MDTI_STATE_FILE: `${params}.state`,
    MDTI_LOG: 'error',
  });
  service.end();
  expect(text).toContain('Waiting for Microsoft Graph, ');
  expect(text.split('\n').find((shown) => shown.includes('contoso.com'))).not.toContain('Waiting');
});

test('logs are sentences for users', () => {
  const lines: string[] = [];
  humanLog('warn', (line) => lines.push(line))('warn', 'certificates are not checked', {
    parameter: 'insecure',
  });
  expect(lines).toEqual(['warn: certificates are not checked (parameter insecure)\n']);
});

test('a stream that is not a terminal has no width', () => {
  expect(screenOf({ isTTY: false } as NodeJS.WriteStream, {})).toEqual({
    styled: false,
    width: Number.POSITIVE_INFINITY,
  });
});

test('a log line replaces the spinner', () => {
  const shown: string[] = [];
  const terminal = { isTTY: true, write: (text: string) => shown.push(text) };
  commandLog('warn', terminal as unknown as NodeJS.WriteStream)('warn', 'retrying');
  const clearLine = '\r\u001b[K';
  expect(shown).toEqual([`${clearLine}warn: retrying\n`]);
});
