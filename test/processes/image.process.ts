import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { writeImageFolder } from '../../scripts/xsoar/image';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { type Installed, installed } from '../support/in-path';

let sandbox: Sandbox;
let image: Installed;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  sandbox = await startSandbox({ world: WORLD });
  writeImageFolder(join(__dirname, '../..'), folder);
  image = installed(sandbox, join(folder, 'mdti/mdti.cjs'));
});
afterAll(() => sandbox.close());

const HOST = { command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' } };

test('the program of the image runs a document', async () => {
  const run = spawn('mdti', ['run'], { env: image.env });
  run.stdin.end(JSON.stringify({ ...HOST, params: sandbox.params }));
  expect(JSON.parse(await text(run.stdout)).entries[0].Contents.id).toBe('contoso.com');
});

test('the program of the image serves the container protocol, many commands in one process', async () => {
  const loop = spawn('mdti', ['xsoar-loop'], { env: image.env });
  const completed = { entries: 0, commands: 0 };
  let context = {};
  const send = (message: unknown) => loop.stdin.write(`${JSON.stringify(message)}\n`);
  const next = () => send({ ...HOST, params: sandbox.params, integration: true });
  next();
  for await (const line of createInterface({ input: loop.stdout })) {
    const { type, command, args, results } = JSON.parse(line);
    if (command === 'setIntegrationContext') context = args.value;
    if (type === 'executeCommand') send({ context });
    if (type === 'log') send(null);
    if (type === 'result') completed.entries += results.length;
    if (type !== 'completed') continue;
    completed.commands += 1;
    if (completed.commands === 50) loop.stdin.end();
    else next();
  }
  expect(completed).toEqual({ entries: 50, commands: 50 });
});
