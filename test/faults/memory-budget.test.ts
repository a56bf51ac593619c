import { silentLog } from '../../src/base/log';
import { run } from '../../src/doors/run/run';
import { certificateFile, start } from './command-line';
import { type Act, type Hostile, json, startHostile } from './hostile';

let server: Hostile;
let environment: NodeJS.ProcessEnv;

/** A small heap has a small budget (one sixth of it), so that the bound is reached in a moment. */
const HEAP = 150;

beforeAll(async () => {
  server = await startHostile();
  environment = {
    NODE_EXTRA_CA_CERTS: certificateFile(server.ca),
    NODE_OPTIONS: `--max-old-space-size=${HEAP}`,
  };
});
afterAll(() => server.close());
beforeEach(() => {
  server.login = undefined;
});

async function result(command: string, args: object = {}, more = '') {
  const document = JSON.stringify({ command, args, params: server.params });
  const ended = await start(['run'], document + more, environment).ended;
  return { ...ended, document: JSON.parse(ended.stdout) };
}

/** Endless pages, each with one article of some megabytes, none like the one before. */
function fatPages(megabytes: number): Act {
  let page = 0;
  return (response, request) => {
    page += 1;
    const content = `${page} `.repeat((megabytes * 1024 * 1024) / `${page} `.length);
    json({
      value: [{ id: `a-${page}`, title: `Article ${page}`, summary: { content } }],
      '@odata.nextLink': `${server.origin}/v1.0/security/threatIntelligence/articles?$skiptoken=${page}`,
    })(response, request);
  };
}

/** Endless small pages whose rows hold a great many values. */
function manyValues(): Act {
  let page = 0;
  return (response, request) => {
    page += 1;
    json({
      value: [{ id: `a-${page}`, createdDateTime: '2999-01-01T00:00:00Z', tags: Array(300_000).fill(page) }],
      '@odata.nextLink': `${server.origin}/v1.0/security/threatIntelligence/articles?$skiptoken=${page}`,
    })(response, request);
  };
}

test.each([
  ['pages of 8 MB each', 'msg-defender-threat-intel-article-list', { all_results: true }, fatPages(8)],
  [
    'rows of 300,000 values each',
    'msg-defender-threat-intel-article-list',
    { all_results: true },
    manyValues(),
  ],
] as const)('%s end in an error that names the bound', async (_, command, args, act) => {
  server.play(act);
  const { status, document } = await result(command, args);
  expect(document.entries).toHaveLength(1);
  expect(document.entries[0].Contents).toMatch(
    /responses of Microsoft Graph to one command exceeded \d+ MiB/,
  );
  expect(document.errors).toEqual([expect.objectContaining({ code: 'TOO_LARGE' })]);
  expect(status).toBe(1);
});

test('endless incidents are read up to a bound, and the next fetch continues there', async () => {
  server.play(manyValues());
  const { status, document } = await result('fetch-incidents');
  expect(status).toBe(0);
  expect(document.entries[0].Contents).toContain('the next fetch continues from there');
  expect(JSON.parse(document.lastRun.progress).scan.next).toContain('$skiptoken=50');
});

test('a login service that sends megabytes is rejected', async () => {
  server.login = json({ access_token: 'x'.repeat(3 * 1024 * 1024), expires_in: 3600 });
  const { document } = await result('test-module');
  expect(document.entries[0].Contents).toContain('The response of the login service exceeded 1 MiB.');
});

test('a document that is larger than the budget is rejected with a document', async () => {
  const { status, document } = await result('test-module', {}, ' '.repeat(50 * 1024 * 1024));
  expect(status).toBe(2);
  expect(document.entries[0].Contents).toMatch(/The document on stdin exceeded \d+ MiB\./);
  expect(document.errors).toEqual([{ code: 'TOO_LARGE' }]);
});

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

test.each([
  ['id', `{"id":${DEEP},"command":"test-module"}`],
  ['integrationContext', `{"command":"test-module","integrationContext":{"a":${DEEP}}}`],
  ['lastRun', `{"command":"fetch-incidents","lastRun":{"a":${DEEP}}}`],
  ['args', `{"command":"test-module","args":{"a":${DEEP}}}`],
  ['the whole document', DEEP],
])('%s with 100,000 levels is rejected with a document', async (_, stdin) => {
  const { document, status } = await run(stdin, { log: silentLog });
  expect(status).toBe(2);
  expect(document).toMatchObject({
    entries: [{ Type: 4, Contents: expect.stringContaining('is nested more than 200 levels deep') }],
    errors: [{ code: 'TOO_LARGE' }],
  });
});

test.each([
  '{"toString":null,"valueOf":null}',
  '[{"toString":null}]',
  '{"__proto__":{"a":1},"constructor":null}',
])('a value %s in any place of a document costs an error entry at most', async (value) => {
  const places = [
    `{"command":${value}}`,
    `{"command":"test-module","params":{"app_id":${value}}}`,
    `{"command":"test-module","params":{"insecure":${value},"proxy":${value},"credentials":${value}}}`,
    `{"command":"test-module","params":{"credentials":{"password":${value}},"max_results":${value}}}`,
    `{"command":"ip","args":{"ip":${value}},"params":{}}`,
    `{"command":"msg-defender-threat-intel-host","args":{${JSON.stringify(value)}:1,"host_id":${value}}}`,
    `{"command":"fetch-incidents","lastRun":${value},"integrationContext":${value}}`,
    `{"command":"test-module","integrationContext":{"tokens":${value},"logins":${value}}}`,
  ];
  for (const stdin of places) {
    const { document } = await run(stdin, { log: silentLog });
    expect(JSON.stringify(document)).not.toContain('INTERNAL');
    expect(document.entries).toHaveLength(1);
  }
});
