import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log';
import { diskCache } from '../../src/cache/disk-cache';

test('two processes killed while they write leave no wrong response', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'mdti-responses-')), 'responses');
  const writer = join(mkdtempSync(join(tmpdir(), 'mdti-writer-')), 'writer.cjs');
  const source = join(__dirname, '../../src/cache/disk-cache.ts');
  writeFileSync(
    writer,
    `const { diskCache } = require(${JSON.stringify(source)});
const cache = diskCache({ folder: process.argv[2], log: () => {} });
(async () => { for (let n = 0; ; n++) { const key = 'k' + (n % 5000); const at = Date.now();
  await cache.setMany([[key, { json: JSON.stringify({ key, pad: 'x'.repeat(n % 700) }), requestedAt: at, expiresAt: at + 3600000 }]]);
  if (n === 200) process.send('writing'); if (n % 50 === 0) await new Promise((r) => setImmediate(r)); } })();`,
  );
  for (let round = 0; round < 2; round++) {
    const children = [0, 1].map(() =>
      fork(writer, [folder], { execArgv: ['--import', 'tsx'], cwd: join(__dirname, '../..') }),
    );
    await Promise.all(children.map((child) => once(child, 'message')));
    for (const child of children) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  }
  const cache = diskCache({ folder, log: silentLog });
  const keys = Array.from({ length: 200 }, (_, n) => `k${n}`);
  const found = await cache.getMany(keys);
  cache.close();
  expect(found.map((one) => (JSON.parse(one?.json ?? '{}') as { key: string }).key)).toEqual(keys);
});
