import { mkdtempSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_INVESTIGATION, type Investigation } from '../../../src/doors/war-room/investigation';
import { openInvestigations } from '../../../src/doors/war-room/store';
import { exportTo, importedFrom, importFrom, withImported } from '../../../src/doors/war-room/transfer';
import { raised } from '../../support/raised';

jest.mock('node:fs/promises', () => {
  const actual = jest.requireActual('node:fs/promises');
  return { ...actual, open: jest.fn(actual.open), writeFile: jest.fn(actual.writeFile) };
});

const mocked = jest.requireMock('node:fs/promises') as { open: jest.Mock; writeFile: jest.Mock };
const real = jest.requireActual('node:fs/promises') as typeof import('node:fs/promises');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdti-transfer-'));
});
afterEach(() => {
  mocked.open.mockReset().mockImplementation(real.open);
  mocked.writeFile.mockReset().mockImplementation(real.writeFile);
});

const file = (name: string) => join(folder, name);

function withContext(context: Investigation['context'], view?: Investigation['view']): Investigation {
  return { context, happened: [], ...(view === undefined ? {} : { view }) };
}

/** Lines that were typed at these minutes, by id. */
function withLines(...lines: readonly (readonly [id: string, minute: number])[]): Investigation {
  const happened = lines.map(([id, minute]) => ({
    id,
    at: `2026-01-01T00:0${minute}:00.000Z`,
    line: `host ${id}.example`,
    entries: [],
  }));
  return { context: {}, happened };
}

function linesOf({ happened }: Investigation): string[] {
  return happened.map(({ id, at }) => `${id} ${at.slice(14, 16)}`);
}

describe('an export to a full disk', () => {
  /** Fails every write like a full disk: the file is there, and only a part of the text is in it. */
  function fillDisk(): void {
    async function write(target: string | FileHandle, text: string, options?: object): Promise<never> {
      await real.writeFile(target, text.slice(0, 10), options);
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
        code: 'ENOSPC',
        errno: -28,
        syscall: 'write',
      });
    }
    mocked.writeFile.mockImplementation(write);
    mocked.open.mockImplementation(async (path: string, flags: string, mode: number) => {
      const handle = await real.open(path, flags, mode);
      return Object.assign(handle, { writeFile: (text: string) => write(handle, text) });
    });
  }

  test('leaves the file that it was to replace, and nothing beside it', async () => {
    writeFileSync(file('case.json'), 'precious');
    fillDisk();
    await expect(exportTo(file('case.json'), true, EMPTY_INVESTIGATION)).rejects.toMatchObject({
      code: 'STATE_UNAVAILABLE',
      message: expect.stringContaining(`${file('case.json')} cannot be written`),
      hint: expect.stringContaining('name another file'),
    });
    expect(readdirSync(folder)).toEqual(['case.json']);
    expect(readFileSync(file('case.json'), 'utf8')).toBe('precious');
  });

  test('names the new file that is incomplete', async () => {
    fillDisk();
    await expect(exportTo(file('new.json'), false, EMPTY_INVESTIGATION)).rejects.toThrow(
      `${file('new.json')} cannot be written`,
    );
  });
});

test('two exports to one new file at the same time do not overwrite each other', async () => {
  const ends = await Promise.allSettled([
    exportTo(file('case.json'), false, withContext({ first: 1 })),
    exportTo(file('case.json'), false, withContext({ second: 2 })),
  ]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('an export names a link without a target as a file that exists', async () => {
  symlinkSync(file('absent'), file('link'));
  await expect(exportTo(file('link'), false, EMPTY_INVESTIGATION)).rejects.toThrow('exists already');
  await exportTo(file('link'), true, EMPTY_INVESTIGATION);
  expect(importedFrom(readFileSync(file('link'), 'utf8'), 'link')).toEqual(EMPTY_INVESTIGATION);
});

test.each([
  [false, 'exists already', 'To replace it, write /export FOLDER --force.'],
  [true, 'is not a file', 'Name a file that does not exist, or one to replace.'],
])('an export to a folder (--force: %s) is refused, and says what to do', async (forced, why, hint) => {
  await expect(exportTo(folder, forced, EMPTY_INVESTIGATION)).rejects.toMatchObject({
    code: 'INVOCATION_UNREADABLE',
    message: `/export: "${folder}" ${why}.`,
    hint: hint.replace('FOLDER', folder),
  });
});

test('an export to a folder that does not exist says so, and what to do', async () => {
  await expect(exportTo(file('absent/case.json'), false, EMPTY_INVESTIGATION)).rejects.toMatchObject({
    code: 'STATE_UNAVAILABLE',
    message: `/export: the folder "${file('absent')}" does not exist.`,
    hint: 'Create it, or name another file.',
  });
});

test('an export below a file says that it cannot be written, and what to do', async () => {
  writeFileSync(file('note.txt'), '');
  await expect(exportTo(file('note.txt/case.json'), false, EMPTY_INVESTIGATION)).rejects.toMatchObject({
    message: expect.stringContaining('note.txt/case.json cannot be written'),
    hint: expect.stringContaining('name another file'),
  });
});

describe('an import', () => {
  const store = () => openInvestigations(file('state'), { kind: 'sandbox' }).open('case');

  test('of more than 128 MiB is rejected before the file is read', async () => {
    writeFileSync(file('large.json'), '');
    truncateSync(file('large.json'), 128 * 1024 * 1024 + 1);
    await expect(importFrom(file('large.json'), store())).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: `/import: "${file('large.json')}" is larger than 128 MiB.`,
      hint: 'Import a smaller investigation.',
    });
  });

  test.each([
    ['a folder', () => folder, 'is not a file', 'Name a file that /export wrote.'],
    [
      'another file',
      () => file('note.txt'),
      'is not an exported investigation',
      'Export one with /export FILE, or with Export in the browser.',
    ],
  ])('of %s is refused, says what to do, and leaves nothing open', async (_, path, why, hint) => {
    writeFileSync(file('note.txt'), 'note');
    await expect(importFrom(path(), store())).rejects.toMatchObject({
      code: 'INVOCATION_UNREADABLE',
      message: expect.stringContaining(why),
      hint,
    });
    const handle = await mocked.open.mock.results[0]?.value;
    expect(handle.fd).toBe(-1);
  });

  test('of a file that does not exist says so, and what to do', async () => {
    await expect(importFrom(file('absent.json'), store())).rejects.toMatchObject({
      code: 'STATE_UNAVAILABLE',
      message: expect.stringContaining(`${file('absent.json')} cannot be read`),
      hint: expect.stringContaining('name another file'),
    });
  });

  test.each([
    ['control characters', 'a\u001b[31m\n.json', 'a [31m .json'],
    ['a very long name', `${'x'.repeat(250)}/${'y'.repeat(250)}`, 'x'.repeat(250)],
  ])('of a file with %s shows a name that fits in the error', async (_, name, text) => {
    const { message, hint } = await raised(() => importFrom(file(name), store()));
    expect(message).toContain(text);
    expect(message).toMatch(/^.{1,320} cannot be read: [\w .]+$/);
    expect(hint).toContain('name another file');
  });

  test('of several lines counts the ones that are new', async () => {
    await exportTo(file('one.json'), false, withLines(['a', 1]));
    await exportTo(file('three.json'), false, withLines(['a', 1], ['b', 2], ['c', 3]));
    const one = store();
    expect(await importFrom(file('one.json'), one)).toBe(`Imported 1 line from ${file('one.json')}.`);
    expect(await importFrom(file('three.json'), one)).toBe(`Imported 2 lines from ${file('three.json')}.`);
  });
});

describe('the lines of an imported investigation', () => {
  test('are placed by their time, those of this investigation first', () => {
    const joined = withImported(withLines(['b', 2], ['d', 4]), withLines(['e', 5], ['c', 2], ['a', 1]));
    expect(linesOf(joined)).toEqual(['a 01', 'b 02', 'c 02', 'd 04', 'e 05']);
  });

  test('are added once each; the same position at another time is another line', () => {
    const joined = withImported(withLines(['line-1', 1]), withLines(['line-1', 1], ['line-1', 3]));
    expect(linesOf(joined)).toEqual(['line-1 01', 'line-1 03']);
  });
});

test('an import brings the layout of the graph only to an investigation without one', () => {
  const other = withContext({}, { hidden: ['a'] });
  expect(withImported(EMPTY_INVESTIGATION, other).view).toEqual({ hidden: ['a'] });
  expect(withImported(withContext({}, { hidden: ['b'] }), other).view).toEqual({ hidden: ['b'] });
  expect(withImported(EMPTY_INVESTIGATION, EMPTY_INVESTIGATION)).toEqual(EMPTY_INVESTIGATION);
});

describe('the context of an imported investigation', () => {
  test.each([
    ['fields that only one has are all there', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['a field that both have is that of this investigation', { a: 1 }, { a: 2 }, { a: 1 }],
    ['null is a value', { a: null }, { a: null, b: null }, { a: null, b: null }],
    ['objects are joined by field', { a: { b: 1 } }, { a: { b: 2, c: 3 } }, { a: { b: 1, c: 3 } }],
    ['a text and an object are not joined', { a: 'x' }, { a: { b: 1 } }, { a: 'x' }],
    ['an object and a text are not joined', { a: { b: 1 } }, { a: 'x' }, { a: { b: 1 } }],
    [
      'the parts of one object are joined',
      { Host: { id: 'a', first: 1 } },
      { Host: { id: 'a', last: 2 } },
      { Host: { id: 'a', first: 1, last: 2 } },
    ],
    [
      'an object with an id is joined with one that has none',
      { Host: { id: 'a' } },
      { Host: { last: 1 } },
      { Host: { id: 'a', last: 1 } },
    ],
    [
      'an object without an id is joined with one that has an id',
      { Host: { first: 1 } },
      { Host: { id: 'a' } },
      { Host: { first: 1, id: 'a' } },
    ],
    [
      'two objects are a list',
      { Host: { id: 'a' } },
      { Host: { id: 'b' } },
      { Host: [{ id: 'a' }, { id: 'b' }] },
    ],
    [
      'a list keeps one object for each id, the one of this investigation',
      { Host: [{ id: 'a', seen: 2 }] },
      { Host: [{ id: 'a', seen: 1 }, { id: 'b' }] },
      { Host: [{ id: 'a', seen: 2 }, { id: 'b' }] },
    ],
    [
      'an object joins a list',
      { Host: { id: 'a' } },
      { Host: [{ id: 'b' }] },
      { Host: [{ id: 'a' }, { id: 'b' }] },
    ],
    [
      'a list takes an object',
      { Host: [{ id: 'a' }] },
      { Host: { id: 'b' } },
      { Host: [{ id: 'a' }, { id: 'b' }] },
    ],
    [
      'a list keeps one verdict for each indicator',
      { DBotScore: [{ Indicator: 'a', Score: 3 }] },
      { DBotScore: [{ Indicator: 'a', Score: 1 }, { Indicator: 'b' }] },
      { DBotScore: [{ Indicator: 'a', Score: 3 }, { Indicator: 'b' }] },
    ],
    [
      'a list without ids keeps each value once',
      { tags: ['x', null, { port: 1 }, ['y']], only: ['here'] },
      { tags: ['z', { port: 1 }, ['y'], 'x'] },
      { tags: ['x', null, { port: 1 }, ['y'], 'z'], only: ['here'] },
    ],
    [
      'a field may have the name of something that every object has',
      { valueOf: { b: 1 } },
      { toString: 2 },
      { valueOf: { b: 1 }, toString: 2 },
    ],
  ])('%s', (_, now, other, joined) => {
    expect(withImported(withContext(now), withContext(other)).context).toStrictEqual(joined);
  });
});
