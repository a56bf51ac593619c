import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PluginError } from '../../../src/base/errors';
import { openCalls } from '../../../src/doors/mcp/open-calls';
import { heldClock } from '../../faults/held-clock';
import { MDTI } from '../../support/mdti';

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

test('a call that takes longer than the limit after the end of stdin is cancelled with a reason', async () => {
  const clock = heldClock();
  const calls = openCalls(clock);
  const call = calls.run(
    new AbortController().signal,
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  const failure = call.catch((error: PluginError) => error);
  const drained = calls.drain(10_000);
  clock.advance(9_999);
  expect(clock.waiting()).toBe(1);
  clock.advance(1);
  await drained;
  expect(await failure).toMatchObject({ code: 'CANCELLED', message: expect.stringContaining('stdin') });
});

test('a client that cancels a call ends this call only, and drain waits for the others', async () => {
  const clock = heldClock();
  const calls = openCalls(clock);
  const leaving = new AbortController();
  const cancelled = calls.run(leaving.signal, async (signal) => {
    await new Promise((ended) => signal.addEventListener('abort', ended));
    throw signal.reason;
  });
  let finish = (_: string) => {};
  const other = calls.run(new AbortController().signal, () => new Promise<string>((done) => (finish = done)));
  leaving.abort(new PluginError('CANCELLED', 'The call was cancelled by the client.'));
  await expect(cancelled).rejects.toThrow('by the client');
  const drained = calls.drain(10_000);
  finish('rows');
  await drained;
  expect(await other).toBe('rows');
  expect(clock.waiting()).toBe(0);
});
