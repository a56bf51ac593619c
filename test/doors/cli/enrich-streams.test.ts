import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { systemClock } from '../../../src/base/clock';
import { enrichVerb } from '../../../src/doors/cli/enrich/enrich';
import type { EnrichCall } from '../../../src/doors/cli/enrich/enrich-call';
import { enrichSandbox, NO_OPTIONS } from '../../support/enrich-list';
import { type OutputText, standardStreams } from '../../support/standard-streams';

const CLEAR = '\r\u001b[K';

const set = enrichSandbox();
const { out } = set;
afterEach(() => jest.restoreAllMocks());

interface Run {
  readonly words?: readonly string[];
  readonly options?: Partial<EnrichCall['options']>;
  readonly stdin?: string;
  readonly profile?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** The streams that are a terminal. */
  readonly terminal?: readonly ('stdin' | 'stdout' | 'stderr')[];
}

/** Runs `mdti enrich` and returns what it writes to each stream. */
async function enrich({ words = [set.list], options, stdin, profile, environment = {}, terminal = [] }: Run) {
  const streams = standardStreams();
  for (const name of terminal) Object.assign(streams[name], { isTTY: true });
  if (stdin !== undefined) streams.stdin.end(stdin);
  const before = process.env;
  process.env = environment;
  const status = await enrichVerb({
    words,
    options: { ...NO_OPTIONS, ...options },
    overrides: { params: { ...set.sandbox.params, cache_ttl: '0' }, ca: set.sandbox.ca },
    profile,
    paramsFile: undefined,
    flags: [],
  }).finally(() => {
    process.env = before;
  });
  await new Promise(setImmediate);
  return { status, stdout: streams.stdout.text, stderr: streams.stderr.text };
}

const SUMMARY = '1 row: 1 found, 0 unknown, 0 refused, 0 failed. 1 request to Graph, 0 responses reused.\n';

beforeEach(() => writeFileSync(set.list, 'contoso.com\n'));

describe('without --out', () => {
  test.each([
    ['ndjson', undefined, /^\{"input":"contoso\.com",.*\}\n$/],
    ['csv', 'csv', /^(?:\uFEFF)?input,.*\r\ncontoso\.com,.*\r\n$/],
    ['stix', 'stix', /^\{.*"type":\s?"bundle".*\}\n$/s],
  ] as const)('the rows go to stdout as %s, and the counts to stderr', async (_, output, text) => {
    expect(await enrich({ options: { output } })).toEqual({
      status: 0,
      stdout: expect.stringMatching(text),
      stderr: SUMMARY,
    });
  });

  test('a run that Graph stops does not say that rows are saved', async () => {
    const names = Array.from({ length: 60 }, (_, row) => `n${row}.example`);
    writeFileSync(set.list, names.join('\n'));
    set.rejectName('n45.example', 403);
    const { status, stdout, stderr } = await enrich({});
    expect([status, stdout.trimEnd().split('\n').length]).toEqual([1, 40]);
    expect(stderr).toMatch(/^40 rows: .*\n.*403.*\n[^\n]+\n$/);
    expect(stderr).not.toContain('saved');
  });
});

describe.each([
  ['no word', []],
  ['-', ['-']],
])('with %s as the file', (_, words) => {
  test.each([[[]], [['stdin']]] as const)('the list is read from stdin, terminal: %j', async (terminal) => {
    const { status, stdout, stderr } = await enrich({ words, stdin: 'contoso.com\n', terminal });
    expect([status, JSON.parse(stdout).input]).toEqual([0, 'contoso.com']);
    const prompt = 'Type one observable per line; Ctrl-D ends the list.\n';
    expect(stderr).toBe(`${terminal.length === 0 ? '' : prompt}${SUMMARY}`);
  });

  test('an output is not compared with a file of that name', async () => {
    mkdirSync(`${set.folder}/below`);
    const before = process.cwd();
    process.chdir(set.folder);
    writeFileSync('-', '');
    const ended = await enrich({ words, stdin: 'contoso.com\n', options: { out: './-' } }).finally(() =>
      process.chdir(before),
    );
    expect([ended.status, readFileSync(out('-'), 'utf8')]).toEqual([0, expect.stringContaining('contoso')]);
  });
});

describe('the progress line', () => {
  test.each([
    ['is on a terminal', true, { terminal: ['stderr'] }],
    ['is on a terminal while the rows go to a pipe or file', true, { out: true, terminal: ['stderr'] }],
    ['is not on the terminal that the rows appear on', false, { terminal: ['stdout', 'stderr'] }],
    ['is on the terminal if the rows go to a file', true, { out: true, terminal: ['stdout', 'stderr'] }],
    ['is not there with --quiet', false, { quiet: true, out: true, terminal: ['stderr'] }],
    ['is not cleared where it is not drawn over', false, { out: true, terminal: [] }],
  ] as const)('%s', async (_, isShown, { terminal, ...given }) => {
    const quiet = 'quiet' in given;
    const { stderr } = await enrich({
      terminal,
      options: { quiet, out: 'out' in given ? out() : undefined },
    });
    expect(stderr.includes(CLEAR)).toBe(isShown);
    expect(stderr.includes(isShown ? `${CLEAR}${SUMMARY}` : SUMMARY)).toBe(!quiet);
  });

  test('is removed before the note that the file is already complete', async () => {
    await enrich({ options: { out: out() } });
    const { stderr } = await enrich({ terminal: ['stderr'], options: { out: out() } });
    expect(stderr).toContain(`${CLEAR}already complete: 1 row is in `);
  });
});

test.each([
  ['a terminal', ['stderr'], true],
  ['a pipe', [], false],
] as const)('the tables of verdicts and reasons are for %s: %j', async (_, terminal, isShown) => {
  writeFileSync(set.list, 'contoso.com\nN/A\n');
  const { stderr } = await enrich({ terminal, options: { out: out() } });
  for (const heading of ['Verdict', 'Not looked up']) expect(stderr.includes(heading)).toBe(isShown);
});

test('advice for a run in the sandbox names no profile', async () => {
  set.sandbox.faults.rules = [{ kind: 'error', match: '/v1.0', times: 1, status: 401 }];
  const environment = { MDTI_CONFIG: `${set.folder}/config.json` };
  writeFileSync(environment.MDTI_CONFIG, JSON.stringify({ profiles: { work: {} } }));
  expect((await enrich({ profile: 'work', environment })).stderr).toMatch(
    /\nRun `mdti doctor`, and check tenant, /,
  );
});

test('responses are in a folder of this run, which an exit of the process removes', async () => {
  jest.spyOn(os, 'tmpdir').mockReturnValue(set.folder);
  const running = enrich({ words: [] });
  process.stdin.push('N/A\n');
  const folders = () => readdirSync(set.folder).filter((name) => name !== 'list.txt');
  while (folders().length === 0) await new Promise(setImmediate);
  expect(folders()).toEqual([expect.stringMatching(/^mdti-responses-/)]);
  process.listeners('exit').at(-1)?.(0);
  expect(folders()).toEqual([]);
  process.stdin.push(null);
  expect((await running).status).toBe(3);
});

test('a run in the sandbox saves no responses', async () => {
  const listening = process.listenerCount('exit');
  jest.spyOn(os, 'tmpdir').mockReturnValue(set.folder);
  await enrich({ options: { out: out() } });
  expect(readdirSync(set.folder).sort()).toEqual(['list.txt', 'rows.ndjson']);
  expect(process.listenerCount('exit')).toBe(listening);
});

test.each(['100000', '0.5'])('--rate %s is a rate', async (rate) => {
  expect((await enrich({ options: { rate } })).status).toBe(0);
});

test('a limited run shows its rate and how long it waits, and Ctrl-C ends it', async () => {
  jest.spyOn(systemClock, 'monotonic').mockReturnValue(60_000);
  const names = Array.from({ length: 60 }, (_, row) => `n${row}.example`);
  const refused = Array.from({ length: 3_000 }, () => 'N/A');
  writeFileSync(set.list, [...refused, ...names].join('\n'));
  const running = enrich({ options: { out: out(), rate: '2' }, terminal: ['stderr'] });
  const shown = process.stderr as unknown as OutputText;
  let isOver = false;
  void running.finally(() => {
    isOver = true;
  });
  while (!isOver && !/\d done, 2 a second, waiting \d+ s for the rate limit/.test(shown.text)) {
    jest.advanceTimersByTime(200);
    await new Promise(setImmediate);
  }
  expect(isOver).toBe(false);
  process.emit('SIGINT', 'SIGINT');
  expect(await running).toMatchObject({
    status: 130,
    stderr: expect.stringMatching(
      /Interrupted by SIGINT\. The finished rows are saved in \S+; run the same command to resume\.\n$/,
    ),
  });
});
