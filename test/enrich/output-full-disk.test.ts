import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileOutput } from '../../src/enrich/output-file';
import { newOutput, STARTED, unfinishedOutput } from '../support/output';

/** A file system of a few pages, where this user may mount one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}

const disk = smallDisk();
afterAll(() => {
  if (disk !== undefined) execFileSync('umount', [disk]);
});

(disk === undefined ? test.skip : test)('a full disk leaves a file that can be resumed', async () => {
  const file = join(disk ?? '', 'out.csv');
  const row = `${'x'.repeat(999)}\n`;
  const first = await fileOutput(file, 'csv', STARTED);
  const fill = async () => {
    for (let rows = 0; ; rows += 1) await first.put(row, 1, `print ${rows}`);
  };
  await expect(fill()).rejects.toMatchObject({
    message: `The output ${file} cannot be written: the disk is full.`,
  });
  await first.close(false).catch(() => {});
  execFileSync('mount', ['-o', 'remount,size=1m', disk ?? '']);

  const second = await fileOutput(file, 'csv', STARTED);
  for (let rows = second.done.rows; rows < 100; rows++) await second.put(row, 1, 'print');
  await second.close(true);
  const text = readFileSync(file, 'utf8');
  expect(text.slice(text.indexOf('\r\n') + 2)).toBe(row.repeat(100));
});

const onLinux = process.platform === 'linux' ? test : test.skip;

/** Replaces the next call of a method of open files. */
async function nextCall(method: 'truncate' | 'write'): Promise<jest.SpyInstance> {
  const handle = await open(tmpdir());
  const spy = jest.spyOn(Object.getPrototypeOf(handle), method);
  await handle.close();
  return spy;
}

onLinux('a resumed run that fails at its start leaves no file open', async () => {
  const file = await unfinishedOutput();
  const truncate = await nextCall('truncate');
  truncate.mockRejectedValueOnce(new Error('ENOSPC'));
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toThrow('ENOSPC');
  truncate.mockRestore();
  expect(openFiles().filter((path) => path.startsWith(file))).toEqual([]);
});

onLinux('a run whose journal finds no space leaves no file', async () => {
  const file = newOutput();
  const write = await nextCall('write');
  write.mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' }));
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
    message: `The output ${file} cannot be written: the disk is full.`,
  });
  write.mockRestore();
  expect(readdirSync(dirname(file))).toEqual([]);
});

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((number) => {
    try {
      return readlinkSync(`/proc/self/fd/${number}`);
    } catch {
      // The folder itself was open while it was read.
      return [];
    }
  });
}
