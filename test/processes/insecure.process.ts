import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { mdti } from '../support/mdti';

let sandbox: Sandbox;
let paramsFile: string;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  paramsFile = join(mkdtempSync(join(tmpdir(), 'mdti-insecure-')), 'params.json');
  writeFileSync(paramsFile, JSON.stringify({ ...sandbox.params, insecure: true }), { mode: 0o600 });
});
afterAll(() => sandbox.close());

const CALL = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'host', arguments: { host_id: 'contoso.com' } },
};

/** What goes to each door, and where its warnings come out: stderr, or the platform's log on stdout. */
const DOORS: Readonly<Record<string, (file: string, document: string) => readonly [string[], string]>> = {
  command: (file) => [['host', 'contoso.com', '--params', file], ''],
  run: (_, document) => [['run'], document],
  serve: (_, document) => [['serve'], `${document}\n`],
  mcp: (file) => [['mcp', '--params', file], `${JSON.stringify(CALL)}\n`],
  'war-room': (file) => [['war-room', 'case-1', '--params', file], 'host contoso.com\n'],
  enrich: (file) => [['enrich', '--params', file], 'contoso.com\n'],
  doctor: (file) => [['doctor', '--params', file], ''],
  'xsoar-loop': (_, document) => [
    ['xsoar-loop'],
    [document, ...Array.from({ length: 20 }, () => '{}')].join('\n'),
  ],
};

test.each(Object.entries(DOORS))('%s warns that certificates are not checked', async (_, feed) => {
  const document = {
    command: 'msg-defender-threat-intel-host',
    args: { host_id: 'contoso.com' },
    params: { ...sandbox.params, insecure: true },
  };
  const [args, stdin] = feed(paramsFile, JSON.stringify(document));
  const { stdout, stderr } = await mdti(args, stdin, { MDTI_LOG: undefined });
  expect(`${stderr}${stdout}`).toContain('certificates are not checked');
});
