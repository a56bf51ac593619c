import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readJournal } from '../../src/enrich/journal';
import { fileOutput, streamOutput } from '../../src/enrich/output-file';
import { writeAll } from '../../src/state/files';

const STARTED = '2025-01-01T00:00:00.000Z';

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'mdti-output-')), 'out.csv');
}

/** A file that an earlier run wrote two steps to and did not finish. */
async function unfinished(file = newFile()): Promise<string> {
  const first = await fileOutput(file, 'csv', STARTED);
  await first.put('one\r\n', 20, 'print 1');
  await first.put('two\r\n', 20, 'print 2');
  await first.close(false);
  return file;
}

/** What a run leaves that is killed before its first row: the head, and a journal without steps. */
async function killedAtStart(format: 'csv' | 'ndjson'): Promise<string> {
  const file = newFile();
  const output = await fileOutput(file, format, STARTED);
  const [head, journal] = [readFileSync(file), readFileSync(`${file}.journal`, 'utf8')];
  await output.close(false);
  writeFileSync(file, head);
  const { ino: inode } = statSync(file);
  writeFileSync(`${file}.journal`, `${JSON.stringify({ ...JSON.parse(journal), inode })}\n`);
  return file;
}

test('resumes behind the last step, with the first start time', async () => {
  const file = await unfinished();
  appendFileSync(file, 'half of a st');
  appendFileSync(`${file}.journal`, '{"rows":60,"byt');

  const second = await fileOutput(file, 'csv', '2026-01-01T00:00:00.000Z');
  expect(second).toMatchObject({ started: STARTED, done: { rows: 40, inputHash: 'print 2' } });
  await second.put('three\r\n', 1, 'print 3');
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\ntwo\r\nthree\r\n$/);
  expect([`${file}.journal`, `${file}.lock`].filter((path) => existsSync(path))).toEqual([]);
});

test('rejects a file without a journal', async () => {
  const file = newFile();
  writeFileSync(file, 'precious');
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
    message: `--out: ${file} exists and is not empty.`,
  });
  expect(readFileSync(file, 'utf8')).toBe('precious');
});

test.each([
  ['another format', 'ndjson' as const, () => {}],
  ['fewer bytes than the journal says', 'csv' as const, (file: string) => truncateSync(file, 3)],
  [
    'other content than the journal says',
    'csv' as const,
    (file: string) => writeFileSync(file, 'precious '.repeat(100)),
  ],
  [
    'an edited journal',
    'csv' as const,
    (file: string) => {
      const text = readFileSync(`${file}.journal`, 'utf8');
      writeFileSync(`${file}.journal`, text.replaceAll(/"bytes":\d+/g, '"bytes":5'));
    },
  ],
])('rejects %s and truncates nothing', async (_, format, change) => {
  const file = await unfinished();
  change(file);
  const { size } = statSync(file);
  await expect(fileOutput(file, format, STARTED)).rejects.toMatchObject({
    message:
      format === 'csv'
        ? `--out: ${file} does not match its journal ${file}.journal.`
        : `--out: ${file} was started with -o csv.`,
  });
  expect(statSync(file).size).toBe(size);
});

test('rejects another file under a journal without steps', async () => {
  const file = await killedAtStart('ndjson');
  const other = newFile();
  writeFileSync(other, 'precious');
  writeFileSync(`${other}.journal`, readFileSync(`${file}.journal`));
  await expect(fileOutput(other, 'ndjson', STARTED)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  expect(readFileSync(other, 'utf8')).toBe('precious');
});

describe('neighbors of the output are left alone', () => {
  test.each([
    ['a list', 'precious\nlines\n'],
    ['JSON of another kind', '{"format":"csv"}\n'],
    ['an unfinished line', 'precious'],
  ])('a journal file with %s is rejected', async (_, text) => {
    const file = newFile();
    writeFileSync(`${file}.journal`, text);
    await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: `--out: ${file}.journal exists and was not created by mdti.`,
    });
    expect(readFileSync(`${file}.journal`, 'utf8')).toBe(text);
    expect([file, `${file}.lock`].filter((path) => existsSync(path))).toEqual([]);
  });

  test('a journal that is a link is rejected, and nothing is written through it', async () => {
    const file = newFile();
    const target = newFile();
    writeFileSync(target, '');
    symlinkSync(target, `${file}.journal`);
    await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect([existsSync(file), readFileSync(target, 'utf8')]).toEqual([false, '']);
  });

  test('a journal that is a pipe is rejected without waiting for its writer', async () => {
    const file = newFile();
    execFileSync('mkfifo', [`${file}.journal`]);
    await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  test('an output that is a pipe is rejected', async () => {
    const file = newFile();
    execFileSync('mkfifo', [file]);
    await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
      message: `The output ${file} cannot be written: it is not a file.`,
    });
    expect([`${file}.journal`, `${file}.lock`].filter((path) => existsSync(path))).toEqual([]);
  });

  test.each(['notes.txt', '3', 'claim-me'])(
    'a lock folder with a file %s of the user is rejected',
    async (name) => {
      const file = newFile();
      mkdirSync(`${file}.lock`, { mode: 0o700 });
      const precious = join(`${file}.lock`, name);
      writeFileSync(precious, 'precious');
      await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
        message: `--out: ${file}.lock exists and was not created by mdti.`,
      });
      expect(readFileSync(precious, 'utf8')).toBe('precious');
    },
  );

  test('a file that appears in the lock folder during the work stays', async () => {
    const file = newFile();
    const output = await fileOutput(file, 'csv', STARTED);
    writeFileSync(join(`${file}.lock`, 'notes.txt'), 'precious');
    await output.close(true);
    expect(readdirSync(`${file}.lock`)).toEqual(['notes.txt']);
  });

  test.each(['', '{"for', '{"format":"csv","star'])(
    'a journal that a kill cut to %j is started anew',
    async (text) => {
      const file = newFile();
      writeFileSync(`${file}.journal`, text);
      const output = await fileOutput(file, 'csv', STARTED);
      await output.put('one\r\n', 1, 'print');
      await output.close(true);
      expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\n$/);
      expect(existsSync(`${file}.journal`)).toBe(false);
    },
  );
});

test('a run that wrote no row leaves nothing, and does not touch the rows of a run that took over its output', async () => {
  const file = newFile();
  await (await fileOutput(file, 'csv', STARTED)).close(false);
  expect(readdirSync(dirname(file))).toEqual([]);
  const slept = await fileOutput(file, 'csv', STARTED);
  const [ticket = ''] = readdirSync(`${file}.lock`);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(join(`${file}.lock`, ticket), longAgo, longAgo);
  const second = await fileOutput(file, 'csv', STARTED);
  await second.put('one\r\n', 1, 'print');
  await slept.close(false);
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\n$/);
});

test('a journal whose output was deleted is rejected, and no empty output is left', async () => {
  const file = await unfinished();
  rmSync(file);
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toThrow('does not match its journal');
  expect(readdirSync(dirname(file))).toEqual(['out.csv.journal']);
});

test('names a folder that does not exist, and does not create it', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'mdti-output-')), 'missing', 'deeper');
  await expect(fileOutput(join(folder, 'out.csv'), 'csv', STARTED)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('its folder does not exist'),
  });
  expect(existsSync(folder)).toBe(false);
});

test('rejects a second run while the first one writes', async () => {
  const file = newFile();
  const first = await fileOutput(file, 'csv', STARTED);
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
    message: `--out: another run is writing to ${file}.`,
  });
  await first.put('one\r\n', 1, 'print');
  await first.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\n$/);
});

test('a run that slept stops once another run has taken over its output', async () => {
  const file = newFile();
  const first = await fileOutput(file, 'csv', STARTED);
  await first.put('one\r\n', 1, 'print');
  const [ticket = ''] = readdirSync(`${file}.lock`);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(join(`${file}.lock`, ticket), longAgo, longAgo);
  const second = await fileOutput(file, 'csv', STARTED);
  await second.put('two\r\n', 1, 'print');
  await expect(first.put('late\r\n', 1, 'print')).rejects.toMatchObject({
    message: `--out: another run is writing to ${file}.`,
  });
  await first.close(false);
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\ntwo\r\n$/);
});

test('a journal of another user is rejected, and a new one is for this user alone', async () => {
  const file = newFile();
  const output = await fileOutput(file, 'csv', STARTED);
  await output.put('one\r\n', 1, 'print');
  await output.close(false);
  expect(statSync(`${file}.journal`).mode & 0o777).toBe(0o600);
  const { uid } = statSync(`${file}.journal`);
  const getuid = jest.spyOn(process as Required<NodeJS.Process>, 'getuid').mockReturnValue(uid + 1);
  await expect(readJournal(`${file}.journal`)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `--out: ${file}.journal belongs to another user.`,
  });
  getuid.mockRestore();
  expect(await readJournal(`${file}.journal`)).toMatchObject({ done: { rows: 1 } });
});

test('writes all bytes where the disk stores only a part at a time', async () => {
  const stored: string[] = [];
  const handle = {
    write: async (bytes: Buffer, from: number, length: number, at: number) => {
      const part = Math.min(3, length);
      stored.push(`${at}:${bytes.toString('utf8', from, from + part)}`);
      return { bytesWritten: part, buffer: bytes };
    },
  } as unknown as FileHandle;
  await writeAll(handle, Buffer.from('abcdefgh'), 10);
  expect(stored).toEqual(['10:abc', '13:def', '16:gh']);
});

test('reads a journal of any length from its two ends', async () => {
  const file = newFile();
  const handle = await open(file, 'w');
  await handle.write(`${JSON.stringify({ format: 'csv', started: STARTED, inode: 1 })}\n`);
  await handle.truncate(4 * 2 ** 30);
  const done = { rows: 7, bytes: 9, inputHash: 'p', tail: 't' };
  await handle.write(`\n${JSON.stringify(done)}\n`, 4 * 2 ** 30);
  await handle.close();
  expect(await readJournal(file)).toMatchObject({ format: 'csv', done });
});

test('a stream gets the rows only', async () => {
  const written: unknown[][] = [];
  const output = await streamOutput(async (...args: unknown[]) => void written.push(args), 'ndjson', STARTED);
  await output.put('row\n', 1, 'print');
  expect(written.at(-1)).toEqual(['row\n']);
});

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

test('an attempt that wrote no row does not bind the next one to its format', async () => {
  const file = await killedAtStart('csv');
  const output = await fileOutput(file, 'ndjson', STARTED);
  await output.put('{}\n', 1, 'hash');
  await output.close(true);
  expect(readFileSync(file, 'utf8')).toBe('{}\n');
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a resumed run that fails at its start leaves no file open', async () => {
  const file = await unfinished();
  const handle = await open(file);
  const truncate = jest.spyOn(Object.getPrototypeOf(handle), 'truncate');
  await handle.close();
  truncate.mockRejectedValueOnce(new Error('ENOSPC'));
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toThrow('ENOSPC');
  truncate.mockRestore();
  expect(openFiles().filter((path) => path.startsWith(file))).toEqual([]);
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
