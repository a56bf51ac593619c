import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PluginError } from '../../../src/base/errors';
import type { JsonObject } from '../../../src/base/json';
import { runCommand } from '../../../src/doors/cli/run-command';
import { executeCommand } from '../../../src/doors/war-room/execute-line';
import type { Lookup } from '../../../src/output/lookups';
import { errorEntry, resultEntry } from '../../../src/xsoar/entry';
import { standardStreams } from '../../support/standard-streams';

jest.mock('../../../src/doors/war-room/execute-line', () => ({ executeCommand: jest.fn() }));

afterEach(() => jest.restoreAllMocks());

const HOSTS = resultEntry([{ id: 'a' }], '### Hosts\n2 hosts.', null);
const FAILED = errorEntry(
  new PluginError('GRAPH_UNAVAILABLE', 'Try later.', {
    hint: 'Run `!msg-defender-threat-intel-host host_id=a`.',
  }),
);

function lookup(id: string | undefined, more: Partial<Lookup> = {}): Lookup {
  const subject = id === undefined ? undefined : { name: 'hostId', id };
  return { subject, isParent: true, rows: [], notFound: false, error: undefined, more: false, ...more };
}

interface Given {
  readonly entries?: readonly object[];
  readonly errors?: readonly PluginError[];
  readonly args?: JsonObject;
  readonly lookups?: readonly Lookup[] | undefined;
  /** Rows that are streamed where the format takes them. */
  readonly streamed?: readonly unknown[];
  readonly options?: object;
  readonly params?: JsonObject;
  readonly paramsFile?: string;
  readonly sandbox?: boolean;
}

/** Prints what a command gave, as `mdti host` does. */
async function print({ entries = [HOSTS], errors = [], args = {}, lookups, streamed, ...given }: Given) {
  jest.mocked(executeCommand).mockImplementation((async (
    _call: unknown,
    system: unknown,
    _engine: unknown,
    ports: never,
  ) => {
    const { onRows } = ports as { onRows?: (rows: readonly unknown[], request: object) => Promise<void> };
    if (streamed !== undefined) await onRows?.(streamed, { parent: { name: 'hostId', id: 'x' } });
    return { entries, errors, args, system, context: {}, lookups };
  }) as never);
  const { stdout, stderr } = standardStreams();
  const status = await runCommand('msg-defender-threat-intel-host', { main: 'host_id', words: ['a'] }, {
    options: { output: undefined, query: undefined, 'show-request': false, quiet: false, ...given.options },
    overrides: given.sandbox === false ? undefined : { params: given.params ?? { app_id: 'one' }, ca: '' },
    ...(given.paramsFile === undefined ? {} : { paramsFile: given.paramsFile }),
  } as never);
  await new Promise(setImmediate);
  return { status, stdout: stdout.text, stderr: stderr.text };
}

const PARAMS = join(mkdtempSync(join(tmpdir(), 'mdti-printed-')), 'params.json');
writeFileSync(PARAMS, '{}');

const NOT_FOUND = new PluginError('GRAPH_NOT_FOUND', 'Not found.');
const INVALID = new PluginError('CONFIG_INVALID', 'Not complete.');
const FAILURE = new PluginError('GRAPH_UNAVAILABLE', 'Try later.');
const SIGN_IN = 'No sign-in is configured: run `mdti login`, or add --sandbox to try it without one.\n';
const ERROR = /^Try later\.\nRun `mdti host host_id=a --sandbox`\.\n/;

test.each<[string, Given, { status?: number; stdout?: unknown; stderr?: unknown }]>([
  ['a table', {}, { status: 0, stdout: expect.stringMatching(/Hosts\n2 hosts\.\n/), stderr: '' }],
  ['an error alone', { entries: [FAILED] }, { status: 1, stdout: '', stderr: expect.stringMatching(ERROR) }],
  [
    'an error beside a result',
    { entries: [HOSTS, FAILED] },
    { status: 1, stdout: expect.stringContaining('Hosts'), stderr: expect.stringMatching(ERROR) },
  ],
  [
    'an error without a row as CSV',
    { entries: [FAILED], lookups: [], options: { output: 'csv' } },
    { status: 1, stdout: '', stderr: expect.stringMatching(ERROR) },
  ],
  [
    'an error without a lookup as CSV',
    { entries: [FAILED], options: { output: 'csv' } },
    { status: 1, stdout: '', stderr: expect.stringMatching(ERROR) },
  ],
  [
    'an error without a row for a query',
    { entries: [FAILED], lookups: [], options: { output: 'csv', query: 'zzz' } },
    { status: 1, stdout: '', stderr: expect.not.stringContaining('-q matched nothing') },
  ],
  [
    'an error with its row as JSON',
    { entries: [FAILED], lookups: [lookup('x', { error: FAILURE })], options: { output: 'json' } },
    { status: 1, stdout: '' },
  ],
  [
    'an error with its row as CSV',
    { entries: [FAILED], lookups: [lookup('x', { error: FAILURE })], options: { output: 'csv' } },
    { status: 1, stdout: 'hostId,status,error\r\nx,failed,Try later.\r\n' },
  ],
  [
    'an error with its row as NDJSON',
    { entries: [FAILED], lookups: [lookup('x', { error: FAILURE })], options: { output: 'ndjson' } },
    { status: 1, stdout: '{"hostId":"x","status":"failed","error":"Try later."}\n' },
  ],
])('%s', async (_, given, printed) => {
  expect(await print(given)).toMatchObject(printed);
});

test('commands mention the sandbox only in the sandbox', async () => {
  process.env.MDTI_CONFIG = join(dirname(PARAMS), 'absent.json');
  const { stderr } = await print({ entries: [FAILED], sandbox: false });
  delete process.env.MDTI_CONFIG;
  expect(stderr).toBe('Try later.\nRun `mdti host host_id=a`.\n');
});

describe('the sign-in method is named', () => {
  test.each<[string, Given, boolean]>([
    ['where nothing is set', { errors: [INVALID], params: {} }, true],
    ['beside other errors', { errors: [FAILURE, INVALID], params: {} }, true],
    ['not where something else failed', { errors: [FAILURE], params: {} }, false],
    ['not with an app_id', { errors: [INVALID], params: { app_id: 'one' } }, false],
    ['not with a managed identity', { errors: [INVALID], params: { use_managed_identities: true } }, false],
    ['not with a file of parameters', { errors: [INVALID], params: {}, paramsFile: PARAMS }, false],
  ])('%s', async (_, given, isNamed) => {
    const { stderr } = await print({ entries: [FAILED], ...given });
    expect(stderr.includes(SIGN_IN)).toBe(isNamed);
  });
});

describe('a name typed instead of an id', () => {
  const article = { article_id: ' Copper `Heron` ' };
  test.each<[string, Given, string | undefined]>([
    ['of an article', { args: article }, 'mdti articles --search "Copper Heron"'],
    ['of a profile', { args: { intel_profile_id: 'Heron' } }, 'mdti profiles --search "Heron"'],
    ['beside another error', { args: article, errors: [FAILURE, NOT_FOUND] }, 'mdti articles --search'],
    ['is not searched after another error', { args: article, errors: [FAILURE] }, undefined],
    ['is not searched where a result was found', { args: article, entries: [HOSTS] }, undefined],
    ['is not searched for a list of ids', { args: { article_id: ['a', 'b'] } }, undefined],
    ['is not searched for hosts', { args: { host_id: 'a' } }, undefined],
  ])('%s', async (_, given, call) => {
    const { stderr } = await print({ entries: [FAILED], errors: [NOT_FOUND], ...given });
    expect(stderr.includes('is a name')).toBe(call !== undefined);
    if (call !== undefined) expect(stderr).toContain(call);
  });
});

describe('rows that are streamed', () => {
  const ndjson = { options: { output: 'ndjson' }, streamed: [{ id: 'a' }] };

  test('are followed by those without a result, and by the notes on stderr', async () => {
    const lookups = [lookup('x'), lookup('absent', { notFound: true }), lookup('y', { error: FAILURE })];
    const entries = [HOSTS, resultEntry([], '', null), { ...FAILED, HumanReadable: 'not this' }];
    expect(await print({ ...ndjson, lookups, entries })).toEqual({
      status: 1,
      stdout:
        '{"hostId":"x","id":"a"}\n{"hostId":"absent","status":"not found"}\n{"hostId":"y","status":"failed","error":"Try later."}\n',
      stderr: 'Try later.\nRun `mdti host host_id=a --sandbox`.\n### Hosts\n2 hosts.\n',
    });
  });

  test.each([[undefined], [[]], [[lookup('x')]]])(
    'are alone where each has a result: %j',
    async (lookups) => {
      expect(await print({ ...ndjson, lookups, options: { output: 'ndjson', quiet: true } })).toEqual({
        status: 0,
        stdout: '{"hostId":"x","id":"a"}\n',
        stderr: '',
      });
    },
  );

  test('nothing follows them after an interruption', async () => {
    const interrupts = { toJSON: () => process.emit('SIGINT', 'SIGINT') };
    const lookups = [lookup('absent', { notFound: true })];
    const { status, stdout } = await print({ ...ndjson, streamed: [{ id: 'a', interrupts }], lookups });
    expect([status, stdout]).toEqual([130, expect.not.stringContaining('absent')]);
  });

  test.each(['json', 'csv', 'table', undefined])('with -o %s nothing is streamed', async (output) => {
    const { stdout } = await print({ ...ndjson, options: { output } });
    expect(stdout).not.toContain('"hostId":"x"');
  });

  test('with -q nothing is streamed', async () => {
    const { stdout } = await print({ ...ndjson, options: { output: 'ndjson', query: 'nothing' } });
    expect(stdout).not.toContain('"id":"a"');
  });
});

describe('what a format for programs does not contain is on stderr', () => {
  const lookups = [
    lookup('found'),
    lookup('absent.example', { notFound: true }),
    lookup('absent', { notFound: true, isParent: false }),
    lookup(undefined, { notFound: true, isParent: false }),
    lookup('failed.example', { error: FAILURE }),
    lookup(undefined, { error: FAILURE, isParent: false }),
  ];
  const TEXT =
    'Not found: absent.example, absent.\nFailed: failed.example: Try later.\nFailed: : Try later.\n';
  const STATUS = '2 of 6 lookups failed. The exit status is 0 because not all of them failed.\n';
  const MORE = 'More rows are available: add --limit N or --all-results.\n';
  const GRAPH = 'The graph is partial; without -o, the command says how to continue.\n';
  const more = [lookup('found'), lookup('a', { more: true })];

  test.each<[string, Given, string]>([
    ['as JSON', { lookups, options: { output: 'json' } }, TEXT + STATUS],
    ['as YAML', { lookups, options: { output: 'yaml' } }, TEXT + STATUS],
    ['of a query', { lookups, options: { query: 'length(@)' } }, TEXT + STATUS],
    ['as CSV', { lookups, options: { output: 'csv' } }, STATUS],
    ['with --quiet', { lookups, options: { output: 'json', quiet: true } }, ''],
    ['where all were found', { lookups: [lookup('found')], options: { output: 'json' } }, ''],
    ['without lookups', { options: { output: 'json' } }, ''],
    ['more rows', { lookups: more, options: { output: 'csv' } }, MORE],
    ['more rows than a limit', { lookups: more, args: { limit: 2 }, options: { output: 'json' } }, ''],
    ['a partial graph', { lookups: more, args: { seeds: ['a'] }, options: { output: 'json' } }, GRAPH],
  ])('%s', async (_, given, text) => {
    const { stderr } = await print(given);
    expect(stderr).toBe(text);
  });
});

test.each([
  ['without -o', {}, 'dot', true],
  ['with -o', { output: 'json' }, 'dot', false],
  ['with --quiet', { quiet: true }, 'dot', false],
  ['without --format', {}, undefined, false],
])('--format %s: that it is for the context', async (_, options, format, isSaid) => {
  const { stderr } = await print({ options, args: format === undefined ? {} : { format } });
  const text = '--format adds the text to the context only; to print it, use -o dot.\n';
  expect(stderr.includes(text)).toBe(isSaid);
});

test.each([[false], [true]])('a query that matches nothing says so, quiet: %s', async (quiet) => {
  const { stderr } = await print({ options: { query: 'zzz', quiet } });
  expect(stderr.includes('-q matched nothing')).toBe(!quiet);
});
