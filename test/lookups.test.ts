import { formatResult } from '../src/doors/cli/formats';
import { executeCommand } from '../src/doors/war-room/execute-line';
import type { HttpResponse } from '../src/http/transport';
import { commands } from '../src/manifest/generated/commands';
import type { CommandName } from '../src/manifest/generated/types';
import { splitArguments } from '../src/xsoar/system-arguments';
import { recordedPlugin } from './support/recorder';
import { httpResponse } from './support/response';

/** What stands for an observable in a call and in a row, by the argument that takes it. */
const OBSERVABLES: Readonly<Record<string, readonly [given: string, column: string, bad: string]>> = {
  host_id: ['contoso.com', 'hostId', 'no host'],
  ip: ['192.0.2.1', 'hostId', '192.0.2.256'],
  domain: ['contoso.com', 'hostId', 'no domain'],
  cve: ['CVE-2099-10001', 'vulnerabilityId', 'CVE-12'],
  vulnerability_id: ['CVE-2099-10001', 'vulnerabilityId', 'CVE-12'],
  seeds: ['contoso.com', 'seed', 'no seed'],
};

/** Every command about observables, and the argument that takes them. */
const ABOUT_OBSERVABLES = (Object.keys(commands) as CommandName[]).flatMap((command) => {
  const argument = Object.keys(commands[command].arguments).find((name) => Object.hasOwn(OBSERVABLES, name));
  return argument === undefined || command.includes('whois-search') ? [] : [[command, argument] as const];
});

const SCREEN = { styled: false, width: Number.POSITIVE_INFINITY };

/** The rows of `-o ndjson` where Graph responds to every request, also to those in a batch, in one way. */
async function rows(command: CommandName, args: Record<string, unknown>, response: HttpResponse) {
  const { plugin } = recordedPlugin(() => response);
  const executed = await executeCommand({ command, args }, splitArguments({}).system, plugin);
  const text = await formatResult(executed, 'ndjson', SCREEN);
  return text.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));
}

const MISSING = httpResponse({ error: { code: 'NotFound', message: 'No such host.' } }, 404);
const FORBIDDEN = httpResponse({ error: { code: 'Forbidden', message: 'Not for you.' } }, 403);

test('the table has every command that takes an observable', () => {
  expect(ABOUT_OBSERVABLES.length).toBeGreaterThanOrEqual(20);
});

describe.each(ABOUT_OBSERVABLES)('%s', (command, argument) => {
  const [given = '', column = '', bad = ''] = OBSERVABLES[argument] ?? [];

  test('has a row for an observable missing from Graph', async () => {
    expect(await rows(command, { [argument]: given }, MISSING)).toEqual([
      { [column]: given, status: 'not found' },
    ]);
  });

  test('has a row for an observable whose requests all failed', async () => {
    expect(await rows(command, { [argument]: given }, FORBIDDEN)).toEqual([
      { [column]: given, status: 'failed', error: expect.stringContaining('Not for you.') },
    ]);
  });

  test('has a row for a string that is not an observable', async () => {
    // A seed that is none makes the whole graph an error of its argument.
    if (argument === 'seeds') return;
    expect(await rows(command, { [argument]: bad }, MISSING)).toEqual([
      { [column]: bad, status: 'failed', error: expect.stringContaining(`"${bad}" is not a`) },
    ]);
  });
});

test('rows have the order in which the observables were given', async () => {
  const hosts = ['no host', 'contoso.com', '..', 'example.org'];
  const found = await rows('msg-defender-threat-intel-host', { host_id: hosts }, MISSING);
  expect(found).toMatchObject(hosts.map((hostId) => ({ hostId })));
});

test('a search that failed has no observable and no row', async () => {
  expect(await rows('msg-defender-threat-intel-article-list', {}, FORBIDDEN)).toEqual([]);
});

test.each([
  ['article', 'article_id', 'articleId'],
  ['profile', 'intel_profile_id', 'intelligenceProfileId'],
])('the %s of a summary has a row with its id where it failed', async (record, argument, column) => {
  const command = `msg-defender-threat-intel-${record}-summary` as CommandName;
  expect(await rows(command, { [argument]: 'an-id' }, MISSING)).toEqual([
    { [column]: 'an-id', status: 'failed', error: expect.stringContaining('404') },
  ]);
});

describe('seeds of expand', () => {
  test('one that is not an observable is a failed row, and the others are expanded', async () => {
    const found = await rows(
      'msg-defender-threat-intel-expand',
      { seeds: ['contoso.com', 'N/A'] },
      httpResponse({ id: 'contoso.com', value: [] }),
    );
    expect(found[0]).toMatchObject({ seed: 'contoso.com' });
    expect(found.at(-1)).toEqual({ seed: 'N/A', status: 'failed', error: '"N/A" is a placeholder.' });
  });

  test('a record keeps its prefix, and its 404 is reported once', async () => {
    const { plugin } = recordedPlugin(({ url }) =>
      url.includes('NOPE') ? MISSING : httpResponse({ id: 'contoso.com', value: [] }),
    );
    const args = { seeds: ['article:NOPE', 'contoso.com'], max_requests: 100 };
    const command = 'msg-defender-threat-intel-expand';
    const executed = await executeCommand({ command, args }, splitArguments({}).system, plugin);
    expect(executed.lookups?.map(({ subject }) => subject?.id)).toEqual(['article:NOPE', 'contoso.com']);
    const text = executed.entries[0]?.HumanReadable ?? '';
    expect(text.match(/failed: article:NOPE: /g)).toHaveLength(1);
    expect(text.match(/NOPE/g)?.length).toBeLessThan(5);
  });

  test('an error names the argument and every reason where none is an observable', async () => {
    const { plugin } = recordedPlugin(() => MISSING);
    const { entries } = await plugin.execute('msg-defender-threat-intel-expand', { seeds: 'no seed,N/A' });
    expect(entries[0]?.Contents).toMatch(
      /None of the 2 seeds are valid, so nothing was sent\.\n.*no seed.*\n.*is a placeholder/,
    );
  });
});

test.each(['domain', 'msg-defender-threat-intel-host'] as const)(
  '%s has one row for each distinct observable of a list of thousands, in their order',
  async (command) => {
    const names = Array.from({ length: 1_100 }, (_, at) => `h${at}.example`);
    const argument = command === 'domain' ? 'domain' : 'host_id';
    const list = [...names, 'no host', ...names.map((name) => name.toUpperCase()), 'no host', 'last.example'];
    const found = (await rows(command, { [argument]: list }, MISSING)) as {
      hostId: string;
      status: string;
    }[];
    const byStatus = (status: string) =>
      found.filter((row) => row.status === status).map(({ hostId }) => hostId);
    expect(byStatus('not found')).toEqual([...names, 'last.example']);
    expect(byStatus('failed')).toEqual(['no host']);
  },
);
