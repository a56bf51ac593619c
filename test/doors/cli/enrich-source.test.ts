import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSource } from '../../../src/doors/cli/enrich/source';

const folder = mkdtempSync(join(tmpdir(), 'mdti-enrich-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('an interruption is noticed before the thousandth row, although all rows are there at once', async () => {
  const file = join(folder, 'rejected.txt');
  writeFileSync(file, 'not a host\n'.repeat(5_000));
  const interrupted = new AbortController();
  const { rows } = await openSource([file], undefined, interrupted.signal);
  let read = 0;
  const reading = async () => {
    for await (const _ of rows) if (read++ === 0) setImmediate(() => interrupted.abort());
  };
  await expect(reading()).rejects.toMatchObject({ name: 'AbortError' });
  expect(read).toBeLessThan(1_000);
});

test('every row is passed on', async () => {
  const file = join(folder, 'many.txt');
  const lines = Array.from({ length: 250 }, (_, at) => `${at}.example`);
  writeFileSync(file, lines.join('\n'));
  const { rows } = await openSource([file], undefined, new AbortController().signal);
  const read: string[] = [];
  for await (const row of rows) read.push(row);
  expect(read).toEqual(lines);
});
