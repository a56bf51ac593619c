import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const params = JSON.parse(readFileSync(process.argv[2] ?? 'params.json', 'utf8'));
const server = spawn('mdti', ['serve'], { stdio: ['pipe', 'pipe', 'inherit'] });
const command = 'msg-defender-threat-intel-host';
for (const host_id of process.argv.slice(3))
  server.stdin.write(`${JSON.stringify({ id: host_id, command, args: { host_id }, params })}\n`);
server.stdin.end();
for await (const line of createInterface({ input: server.stdout })) {
  const { id, entries } = JSON.parse(line);
  for (const { Type, Contents } of entries)
    if (Type === 4) console.log(id, 'failed:', Contents);
    else console.log(id, Contents === null ? 'not found' : (Contents.registrar ?? 'no registrar'));
}
