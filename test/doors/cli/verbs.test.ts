// cspell:ignore graphml
import { PluginError } from '../../../src/base/errors';
import { flagRows, usageLine } from '../../../src/doors/cli/help';
import { parseCall } from '../../../src/doors/cli/parse-call';
import { type FlagTable, GROUPS, type Verb } from '../../../src/doors/cli/verb';
import { VERBS } from '../../../src/doors/cli/verbs';
import { cli } from '../../support/run-cli';

jest.mock('../../../src/doors/cli/cache', () => ({ cacheVerb: jest.fn() }));
jest.mock('../../../src/doors/cli/doctor', () => ({ doctor: jest.fn() }));
jest.mock('../../../src/doors/cli/enrich/enrich', () => ({ enrichVerb: jest.fn() }));
jest.mock('../../../src/doors/cli/login/login', () => ({ login: jest.fn() }));
jest.mock('../../../src/doors/cli/login/status', () => ({ logout: jest.fn(), status: jest.fn() }));
jest.mock('../../../src/doors/cli/sandbox', () => ({ serveSandbox: jest.fn() }));
jest.mock('../../../src/doors/mcp/process', () => ({ mcpProcess: jest.fn() }));
jest.mock('../../../src/doors/queue/jobs', () => ({ jobsVerb: jest.fn() }));
jest.mock('../../../src/doors/queue/worker', () => ({ workerVerb: jest.fn() }));
jest.mock('../../../src/doors/run/run-stdin', () => ({ runProcess: jest.fn() }));
jest.mock('../../../src/doors/serve/process', () => ({ serveProcess: jest.fn() }));
jest.mock('../../../src/doors/war-room/process', () => ({ warRoomProcess: jest.fn() }));
jest.mock('../../../src/doors/web/process', () => ({ webProcess: jest.fn() }));
jest.mock('../../../src/doors/xsoar-loop/process', () => ({ loopProcess: jest.fn() }));

afterEach(() => void jest.restoreAllMocks());

const verbs = Object.entries(VERBS);

/** The options of every verb that sends requests. */
const INSTANCE = [
  '--quiet',
  '--verbose',
  '--profile NAME',
  '--params FILE',
  '--param NAME=VALUE',
  '--sandbox',
];

test.each<[usage: string, group: (typeof GROUPS)[number], ...options: string[]]>([
  [
    'mdti enrich [FILE] [options]',
    'Lists and investigations',
    '--column NAME',
    '--out FILE',
    '-o, --output FORMAT',
    '--max-age TIME',
    '--fresh',
    '--rate NUMBER',
    '--queue NAME',
    '--tenant NAME',
    '--folder FOLDER',
    '--every TIME',
    ...INSTANCE,
  ],
  ['mdti war-room [NAME] [options]', 'Lists and investigations', ...INSTANCE],
  [
    'mdti web [NAME] [options]',
    'Lists and investigations',
    '--port PORT',
    '--open',
    '--metrics [HOST:]PORT',
    ...INSTANCE,
  ],
  ['mdti run [options]', 'For programs', '--sandbox'],
  ['mdti serve [options]', 'For programs', '--metrics [HOST:]PORT', '--sandbox'],
  ['mdti mcp [options]', 'For programs', ...INSTANCE],
  ['mdti xsoar-loop', 'For programs'],
  ['mdti worker [options]', 'For many engines', '--tenants FILE', '--metrics [HOST:]PORT'],
  ['mdti jobs [ACTION] [NAME]', 'For many engines'],
  [
    'mdti login [options]',
    'Setup',
    '--method METHOD',
    '--app-id ID',
    '--tenant-id ID',
    '--thumbprint HEX',
    '--key-file FILE',
    '--no-browser',
    '--profile NAME',
  ],
  ['mdti logout [options]', 'Setup', '--remove', ...INSTANCE],
  ['mdti status [options]', 'Setup', ...INSTANCE],
  ['mdti cache [ACTION]', 'Setup'],
  ['mdti config init | check [options]', 'Setup', '--profile NAME', '--params FILE', '--param NAME=VALUE'],
  ['mdti doctor [options]', 'Setup', ...INSTANCE, '--probe', '--json', '-q, --query JMESPATH', '--mood MOOD'],
  [
    'mdti sandbox [options]',
    'Setup',
    '--port PORT',
    '--latency MS',
    '--page-size N',
    '--throttle N',
    '--retry-after SECONDS',
    '--budget N/TIME',
    '--errors N',
    '--resets N',
    '--mood MOOD',
    '--max-top N',
    '--top-is-total',
    '--entitlement STATE',
  ],
  ['mdti completion bash | zsh | fish | powershell', 'Setup'],
  ['mdti help [NAME]', 'Help'],
  ['mdti version', 'Help'],
  ['mdti commands [options]', 'Help', '--json', '-q, --query JMESPATH'],
])('%s', (usage, group, ...options) => {
  const name = usage.split(' ')[1] ?? '';
  const verb = VERBS[name] as Verb;
  const typed = flagRows(verb.flags ?? {}).map(([left]) => left);
  expect([usageLine(name, verb), verb.group, ...typed]).toEqual([usage, group, ...options]);
});

test.each(verbs)('every word, option and example of %s is explained', (_, verb) => {
  const sentence = expect.stringMatching(/^\S.*[^.\s]$/s);
  const { summary, details, wordsHint, words = [], flags = {}, examples = [] } = verb;
  expect(summary).toEqual(sentence);
  if (details !== undefined) expect(details).toMatch(/^[A-Z].*\.$/s);
  if (wordsHint !== undefined) expect(wordsHint).toMatch(/^[A-Z].*\.$/s);
  for (const { help, choices } of words) expect(help ?? choices?.join(' ')).toEqual(sentence);
  for (const { help } of Object.values(flags)) expect(help).toEqual(sentence);
  for (const [line, does] of examples)
    expect([line, does]).toEqual([expect.stringContaining('mdti '), sentence]);
});

/** Words and options of verbs that take one of some choices. */
const CHOSEN = verbs.flatMap(([name, { words = [], flags = {} }]) => [
  ...words.map(({ choices }) => [name, [], choices ?? []] as const),
  ...Object.entries(flags as FlagTable).map(([flag, spec]) => {
    const choices = spec.type === undefined ? spec.choices : undefined;
    return [name, [`--${flag}`], choices ?? []] as const;
  }),
]);

test('choices are the words that users type', () => {
  const listed = CHOSEN.filter(([, , choices]) => choices.length > 0).map(([name, flag, choices]) =>
    [name, ...flag, ...choices].join(' '),
  );
  expect(listed).toEqual([
    'enrich --output ndjson csv stix',
    'jobs list show pause resume cancel retry clean',
    'login --method secret certificate device-code managed-identity ambient',
    'cache status clear prune',
    'config init check',
    'doctor --mood documented annotated careless',
    'sandbox --mood documented annotated careless',
    'sandbox --entitlement active none unverified',
    'completion bash zsh fish powershell',
  ]);
});

/** The words after `mdti NAME` in an example, without what the shell takes. */
function argv(line: string, name: string): string[] {
  const [, rest = ''] = line.split(new RegExp(`\\bmdti ${name}\\b`));
  const [own = ''] = rest.split(/ [<>|] |\)$/);
  return own
    .trim()
    .split(' ')
    .filter(Boolean)
    .map((word) => word.replace(/^'(.*)'$/, '$1'));
}

test.each(verbs)('the examples of %s are valid command lines', (name, verb) => {
  for (const [line] of verb.examples ?? []) expect(parseCall(name, verb, argv(line, name)).help).toBe(false);
});

test('every verb has examples, except four simple ones', () => {
  const without = verbs.filter(([, { examples = [] }]) => examples.length === 0).map(([name]) => name);
  expect(without).toEqual(['xsoar-loop', 'logout', 'status', 'version']);
});

test.each(['throttle', 'retry-after', 'errors', 'resets', 'latency', 'max-top', 'page-size', 'port'])(
  'mdti sandbox --%s takes a number',
  (flag) => {
    const { options } = parseCall('mdti sandbox', VERBS.sandbox as Verb, [`--${flag}`, '7']);
    expect(options[flag]).toBe(7);
  },
);

test.each([
  [['web', '--port', '65536'], '--port: "65536" is not a whole number from 0 to 65535.'],
  [['sandbox', '--port', '65536'], '--port: "65536" is not a whole number from 0 to 65535.'],
  [['sandbox', '--page-size', '0'], '--page-size: "0" is not a whole number from 1 to 999999999.'],
  [['sandbox', '--max-top', '0'], '--max-top: "0" is not a whole number from 1 to 999999999.'],
  [['sandbox', '--latency', 'x'], '--latency: "x" is not a whole number from 0 to 999999999.'],
  [['config'], 'mdti config needs init or check.'],
  [['completion'], 'mdti completion needs bash, zsh, fish or powershell.'],
  [['enrich', 'a.txt', 'b.txt'], 'mdti enrich: unexpected word "b.txt".\nPipe several files in:'],
  [['serve', 'x'], 'mdti serve: unexpected word "x".\nIt reads {"id": 1,'],
])('%j is rejected', async (words, message) => {
  const { status, stderr } = await cli(words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('the groups of the help are in its order', async () => {
  const { stdout } = await cli(['help']);
  expect(stdout.match(/^[A-Z][a-z ]+$/gm)).toEqual(GROUPS);
});

describe('each verb does its own work', () => {
  const { cacheVerb } = jest.requireMock('../../../src/doors/cli/cache');
  const { doctor } = jest.requireMock('../../../src/doors/cli/doctor');
  const { enrichVerb } = jest.requireMock('../../../src/doors/cli/enrich/enrich');
  const { login } = jest.requireMock('../../../src/doors/cli/login/login');
  const { logout, status } = jest.requireMock('../../../src/doors/cli/login/status');
  const { serveSandbox } = jest.requireMock('../../../src/doors/cli/sandbox');
  const { mcpProcess } = jest.requireMock('../../../src/doors/mcp/process');
  const { jobsVerb } = jest.requireMock('../../../src/doors/queue/jobs');
  const { workerVerb } = jest.requireMock('../../../src/doors/queue/worker');
  const { runProcess } = jest.requireMock('../../../src/doors/run/run-stdin');
  const { serveProcess } = jest.requireMock('../../../src/doors/serve/process');
  const { warRoomProcess } = jest.requireMock('../../../src/doors/war-room/process');
  const { webProcess } = jest.requireMock('../../../src/doors/web/process');
  const { loopProcess } = jest.requireMock('../../../src/doors/xsoar-loop/process');

  test.each<[string, jest.Mock, unknown[]]>([
    ['cache clear', cacheVerb, ['clear']],
    ['cache', cacheVerb, [undefined]],
    ['doctor --probe', doctor, [{ options: { probe: true, json: false } }]],
    ['enrich list.txt --out rows', enrichVerb, [{ words: ['list.txt'], options: { out: 'rows' } }]],
    ['login --method ambient', login, [{ options: { method: 'ambient', 'no-browser': false } }]],
    ['logout --remove', logout, [{ options: { remove: true } }]],
    ['status --profile lab', status, [{ profile: 'lab' }]],
    ['sandbox --throttle 5', serveSandbox, [{ options: { throttle: 5, latency: undefined } }]],
    ['mcp --param app_id=one', mcpProcess, [{ flags: ['app_id=one'], paramsFile: undefined }]],
    ['jobs show nightly', jobsVerb, [{ words: ['show', 'nightly'] }]],
    ['worker --tenants t.yaml', workerVerb, [{ options: { tenants: 't.yaml' } }]],
    ['run', runProcess, [undefined]],
    ['serve --metrics 9090', serveProcess, [undefined, '9090']],
    ['war-room case', warRoomProcess, [{ words: ['case'] }]],
    ['web case --port 0 --open', webProcess, [{ words: ['case'], options: { port: 0, open: true } }]],
    ['xsoar-loop', loopProcess, []],
  ])('mdti %s', async (line, work, given) => {
    work.mockResolvedValue(7);
    expect(await cli(line.split(' '))).toEqual({ status: 7, stdout: '', stderr: '' });
    expect(work.mock.lastCall).toMatchObject(given);
    expect(work.mock.lastCall).toHaveLength(given.length);
  });

  test.each([
    [new PluginError('CONFIG_INVALID', 'It failed.'), 'It failed.\n'],
    [new PluginError('CONFIG_INVALID', 'It failed.', { hint: 'Try again.' }), 'It failed.\nTry again.\n'],
  ])('an error is printed with its hint, if it has one: %j', async (error, stderr) => {
    status.mockRejectedValue(error);
    expect(await cli(['status'])).toEqual({ status: 2, stdout: '', stderr });
  });

  test.each([
    ['--quiet', 'error'],
    ['--verbose', 'info'],
    ['--profile=lab', undefined],
  ])('%s sets how much is logged', async (option, logLevel) => {
    status.mockResolvedValue(0);
    await cli(['status', option]);
    expect(status.mock.lastCall[0]).toMatchObject({ logLevel, flags: [] });
  });
});
