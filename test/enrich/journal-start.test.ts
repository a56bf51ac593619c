import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginJournal, canBegin, continueJournal, readJournal } from '../../src/enrich/journal';
import { raised } from '../support/raised';

const HEADER = { format: 'csv', started: '2025-06-01T08:00:00Z', inode: 5 };
const STEP = { rows: 1, bytes: 10, inputHash: 'a', tail: 'b' };
const TEXT = `${JSON.stringify(HEADER)}\n${JSON.stringify(STEP)}\n`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdti-journal-'));
  file = join(folder, 'out.csv.journal');
});

test.each(['', '{', '{"format":"', '{"format":"csv","sta'])(
  'a journal that was cut after %j is removed, and a run starts',
  async (text) => {
    writeFileSync(file, text);
    expect(await canBegin(file)).toBe(true);
    expect(existsSync(file)).toBe(false);
  },
);

test('a run starts where there is no journal', async () => {
  expect(await canBegin(file)).toBe(true);
});

test.each([TEXT, '{"format":"csv"}\n', '\n', 'notes', '{"other":1', `{"format":"${'x'.repeat(2 ** 20)}`])(
  'a file that is not the start of a journal stays',
  async (text) => {
    writeFileSync(file, text);
    expect(await canBegin(file)).toBe(false);
    expect(existsSync(file)).toBe(true);
  },
);

test.each(['folder', 'link'])('a %s in place of a journal stays', async (kind) => {
  if (kind === 'folder') mkdirSync(file);
  else symlinkSync(join(folder, 'target'), file);
  writeFileSync(join(folder, 'target'), TEXT);
  expect(await canBegin(file)).toBe(false);
  expect(await readJournal(file)).toBeUndefined();
});

test('a link to the start of a journal stays too, and nothing is appended to its target', async () => {
  writeFileSync(join(folder, 'target'), '{"for');
  symlinkSync(join(folder, 'target'), file);
  expect(await canBegin(file)).toBe(false);
  expect(existsSync(join(folder, 'target'))).toBe(true);
  await expect(continueJournal(file)).rejects.toMatchObject({ code: 'ELOOP' });
  await expect(beginJournal(file, HEADER)).rejects.toMatchObject({ code: 'EEXIST' });
});

(process.getuid?.() === 0 ? test : test.skip)('a journal of another user is not read', async () => {
  writeFileSync(file, TEXT);
  chownSync(file, 12_345, 12_345);
  const { code, message, hint } = await raised(() => readJournal(file));
  expect([code, message, hint]).toEqual([
    'ARGUMENT_INVALID',
    `--out: ${file} belongs to another user.`,
    'Name another output file, or continue as the user who started the run.',
  ]);
});

test('Windows has no user to compare', async () => {
  writeFileSync(file, TEXT);
  const { getuid } = process;
  Object.defineProperty(process, 'getuid', { value: undefined });
  try {
    expect(await readJournal(file)).toMatchObject({ ...HEADER, done: STEP });
  } finally {
    Object.defineProperty(process, 'getuid', { value: getuid });
  }
});

(existsSync('/dev/full') ? test : test.skip)('a full disk is an error of the system', async () => {
  await expect(continueJournal('/dev/full')).rejects.toMatchObject({ code: 'ENOSPC', syscall: 'write' });
});

const DESCRIPTORS = '/proc/self/fd';
(existsSync(DESCRIPTORS) ? test : test.skip)('files are closed', async () => {
  const before = readdirSync(DESCRIPTORS).length;
  for (let turn = 0; turn < 5; turn++) {
    writeFileSync(file, TEXT);
    await readJournal(file);
    await readJournal(folder);
    await canBegin(file);
    await (await continueJournal(file)).close();
    if (existsSync('/dev/full')) await continueJournal('/dev/full').catch(() => {});
  }
  expect(readdirSync(DESCRIPTORS)).toHaveLength(before);
});
