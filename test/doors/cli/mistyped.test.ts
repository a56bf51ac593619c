// cspell:ignore hosst odta opne prot
import { didYouMean } from '../../../src/base/did-you-mean';
import { parseCall } from '../../../src/doors/cli/parse-call';
import { readArguments } from '../../../src/doors/cli/typed-arguments';
import { VERBS } from '../../../src/doors/cli/verbs';
import { run } from '../../../src/doors/run/run';
import { ACTIONS, runAction } from '../../../src/doors/war-room/actions';
import { executeLine } from '../../../src/doors/war-room/execute-line';
import { openEngine } from '../../../src/engine/engine';
import { commandNamed } from '../../../src/manifest/short-names';
import { raised } from '../../support/raised';

const engine = openEngine({ params: {}, log: () => {} });

describe('an unknown command', () => {
  test.each([
    ['!hosst host_id=contoso.com', 'Did you mean host?'],
    ['!msg-defender-threat-intel-hosst', 'Did you mean msg-defender-threat-intel-host?'],
    ['host-port contoso.com', 'Did you mean host-ports?'],
    ['!unheard-of', 'Type /commands for the list.'],
    ['contoso.com', 'To look it up, type domain contoso.com'],
    ['!192[.]0[.]2[.]1', 'To look it up, type ip 192.0.2.1'],
    ['CVE-2099-10001', 'To look it up, type cve CVE-2099-10001'],
    [`${'ab'.repeat(16)}`, `To look it up, type articles search=${'ab'.repeat(16)}`],
  ])('of a line is answered with the nearest one, not with all: %s', async (line, hint) => {
    const options = { commandList: 'Type /commands for the list.' };
    const { entries, errors } = await executeLine(line, engine, options);
    const [word] = line.replace('!', '').split(' ');
    expect(entries.map(({ Contents }) => Contents)).toEqual([`There is no command "${word}".\n${hint}`]);
    expect(errors).toEqual([{ code: 'COMMAND_UNKNOWN' }]);
  });

  test.each([
    ['host', 'msg-defender-threat-intel-host'],
    ['hosst', 'msg-defender-threat-intel-host'],
    ['msg-defender-threat-intel-article', 'msg-defender-threat-intel-article-list'],
    ['cves', 'cve'],
  ])('of a program is answered with the nearest full name, not with all: %s', async (name, meant) => {
    const { entries } = await engine.execute(name, {});
    expect(entries[0]?.Contents).toBe(`There is no command "${name}".\nDid you mean ${meant}?`);
  });

  test('of a program that resembles none is answered with all of them', async () => {
    const { entries } = await engine.execute('unheard-of', {});
    expect(entries[0]?.Contents).toMatch(
      /^There is no command "unheard-of"\.\nThe commands are: msg-.*, msg-.*\.$/,
    );
  });
});

test.each([
  ['fsh', ['zsh', 'fish'], 'fish'],
  ['prot', ['port', 'profile'], 'port'],
  ['unlike', ['port', 'fish'], undefined],
])('of equally near words the longest is suggested: %s', (typed, words, meant) => {
  expect(didYouMean(typed, words)).toBe(meant);
});

test.each([
  [
    'registrantName=Contoso',
    'there is no property "registrantName".',
    'Did you mean `mdti whois-search registrant/name=Contoso`?',
  ],
  [
    'owner=Contoso',
    'there is no property "owner".',
    'Write PROPERTY=VALUE, such as `mdti whois-search registrant/email=Contoso`.',
  ],
  [
    'Contoso',
    'the property to search for "Contoso" is missing.',
    'such as `mdti whois-search registrant/email=Contoso`.',
  ],
])('a search without a known property names one: %s', async (typed, message, hint) => {
  const command = 'msg-defender-threat-intel-whois-search';
  const error = await raised(() => readArguments(command, { main: 'search_value', words: [typed] }, {}));
  expect(error.message).toContain(message);
  expect(error.hint).toContain(hint);
});

test.each([
  ['[]', 'is not a JSON object'],
  ['not JSON', 'is not a JSON object'],
  ['{"id": 2}', 'does not name a command'],
  ['{"command": ""}', 'does not name a command'],
  ['{"command": "ip", "args": []}', 'has "args" that is not an object'],
])('a document says what is wrong with it: %s', async (text, what) => {
  const { document } = await run(text, { log: () => {} });
  expect(document).toMatchObject({
    entries: [{ Contents: expect.stringContaining(`The document on stdin ${what}.\nSend {`) }],
  });
});

describe('a mistyped argument', () => {
  const main = { main: 'host_id' };

  test('of a line is named with the one that it resembles', async () => {
    const { entries } = await executeLine('!host hostid=contoso.com', engine);
    expect(entries[0]?.Contents).toMatch(/has no argument "hostid"\.\nDid you mean host_id\? /);
  });

  test.each([
    'hostid=contoso.com',
    'host=contoso.com',
    'HOST_ID=contoso.com',
    'odta=$select=id',
    'hosts_id=a',
  ])('of the command line is not read as a value: %s', async (word) => {
    const command = commandNamed('host') ?? 'ip';
    const error = await raised(() => readArguments(command, { ...main, words: [word] }, {}));
    const [name] = word.split('=');
    expect(error.message).toBe(`mdti host has no argument "${name}".`);
    expect(error.hint).toMatch(/^Did you mean (?:host_id=… or --host-id|odata=… or --odata)\?$/);
  });

  test('a search with an equals sign is a search', async () => {
    const command = commandNamed('articles') ?? 'ip';
    const words = { main: 'search', words: ['id=7', 'a=b'] };
    expect(await readArguments(command, words, {})).toEqual({ search: 'id=7 a=b' });
  });
});

test.each([
  ['opne', 'Did you mean /open?'],
  ['unheard-of', Object.values(ACTIONS)[0]?.usage ?? ''],
])('the console suggests its own command: /%s', async (name, hint) => {
  const error = await raised(() => runAction(name, '', {} as never));
  expect(error.hint).toContain(hint);
});

const NUMBERS = Object.entries(VERBS).flatMap(([name, verb]) =>
  Object.entries(verb.flags ?? {}).flatMap(([flag, spec]) =>
    spec.type === 'number' ? [{ name, flag, min: spec.min ?? 0, max: spec.max ?? 999_999_999 }] : [],
  ),
);

test.each(NUMBERS)(
  '$name --$flag takes whole numbers from $min to $max',
  async ({ name, flag, min, max }) => {
    const parsed = (value: string) =>
      parseCall(`mdti ${name}`, VERBS[name] ?? neverNull(), [`--${flag}=${value}`]);
    expect(parsed(String(min)).options[flag]).toBe(min);
    expect(parsed(String(max)).options[flag]).toBe(max);
    for (const value of [String(min - 1), String(max + 1), '1.5', '1e3', 'x', '', ' 1', '0x10']) {
      const error = await raised(() => parsed(value));
      expect(error.message).toBe(
        `--${flag}: ${JSON.stringify(value)} is not a whole number from ${min} to ${max}.`,
      );
    }
  },
);

test.each(['page-size', 'max-top'])(
  'a sandbox without rows cannot be started by accident: --%s 0',
  (flag) => {
    expect(NUMBERS.find((number) => number.flag === flag)?.min).toBe(1);
  },
);

function neverNull(): never {
  throw new Error('no such verb');
}
