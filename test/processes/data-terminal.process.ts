import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MDTI } from '../support/mdti';
import { type ScriptedGraph, startScriptedGraph } from '../support/scripted-graph';
import { Terminal } from '../support/terminal';

/** Every control character, and those that hide text or turn its direction. */
const HOSTILE = [
  ...Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)),
  ...Array.from({ length: 0x21 }, (_, at) => String.fromCharCode(0x7f + at)),
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\u{e0041}',
  '\u001b]0;title\u0007',
].join('x');

/** What a terminal may get beside printable characters: tabs and line ends. */
const UNPRINTABLE = /(?![\t\r\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

let graph: ScriptedGraph;
const folder = mkdtempSync(join(tmpdir(), 'mdti-data-'));

beforeAll(async () => {
  graph = await startScriptedGraph();
  writeFileSync(join(folder, 'params.json'), JSON.stringify(graph.params), { mode: 0o600 });
  writeFileSync(join(folder, 'ca.pem'), graph.ca);
});
afterAll(() => graph.close());

test.each(['table', 'csv', 'json', 'yaml'])(
  'a value of Graph writes no control character to a terminal: -o %s',
  async (format) => {
    graph.play([
      {
        request: "GET /v1.0/security/threatIntelligence/hosts('contoso.com')",
        body: { id: 'contoso.com', registrar: HOSTILE, [HOSTILE]: HOSTILE },
      },
      {
        request: 'GET /v1.0/security/threatIntelligence/hosts/contoso.com',
        body: { id: 'contoso.com', registrar: HOSTILE, [HOSTILE]: HOSTILE },
      },
    ]);
    const args = ['host', 'contoso.com', '-o', format, '--params', join(folder, 'params.json')];
    const terminal = new Terminal([process.execPath, MDTI, ...args], {
      PATH: process.env.PATH,
      HOME: folder,
      TERM: 'dumb',
      PAGER: 'cat',
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      MDTI_ALLOW_ENDPOINTS: graph.origin,
      MDTI_STATE_FILE: join(folder, 'state'),
      MDTI_LOG: 'error',
    });
    expect(await terminal.ended).toBe(0);
    expect(terminal.raw()).toContain('contoso.com');
    expect(terminal.raw()).not.toMatch(UNPRINTABLE);
  },
);
