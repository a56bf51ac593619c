import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');

test.each([
  ['lines', 30_000, 20],
  ['documents', 10_000, 100],
])('a process that reads %s for months keeps nothing of them', async (kind, count, bytes) => {
  const program = ['--expose-gc', '--import', 'tsx', join(__dirname, 'kept-memory.ts'), kind, String(count)];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: ROOT });
  expect(stdout).toMatch(/^-?[\d.]+$/);
  expect(Number(stdout)).toBeLessThan(bytes);
});
