import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { MDTI } from '../support/mdti';

const message = (id: number, method: string, params: object) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;

test('mdti mcp returns the results of all calls before it exits at the end of stdin', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-mcp-'));
  const env = { PATH: process.env.PATH, HOME: folder, MDTI_STATE_FILE: join(folder, 'state') };
  const child = spawn(process.execPath, [MDTI, 'mcp', '--sandbox'], { env });
  const info = {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  };
  const calls = [2, 3, 4].map((id) =>
    message(id, 'tools/call', { name: 'ip', arguments: { ip: `192.0.2.${id}` } }),
  );
  child.stdin.end([message(1, 'initialize', info), ...calls].join(''));
  const [output, closed] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const responses = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(responses.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4]);
  expect(responses.filter(({ result }) => result.isError === true)).toEqual([]);
  expect(closed).toEqual([0, null]);
});
