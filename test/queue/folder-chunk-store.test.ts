import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';

jest.mock('node:fs/promises', () => ({ ...jest.requireActual('node:fs/promises') }));
const promises = jest.requireMock<typeof FsPromises>('node:fs/promises');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chunks-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const INPUT = 'input-1.ndjson';

test('an input is there or not', async () => {
  const store = folderChunkStore(folder);
  expect(await store.hasInput(INPUT)).toBe(false);
  writeFileSync(join(folder, INPUT), '');
  expect(await store.hasInput(INPUT)).toBe(true);
});

test('an input is not there where its folder is missing or a file', async () => {
  expect(await folderChunkStore(join(folder, 'missing')).hasInput(INPUT)).toBe(false);
  writeFileSync(join(folder, 'file'), '');
  expect(await folderChunkStore(join(folder, 'file')).hasInput(INPUT)).toBe(false);
});

test('an input in a folder that cannot be searched may be there', async () => {
  jest
    .spyOn(promises, 'access')
    .mockRejectedValueOnce(Object.assign(new Error('denied'), { code: 'EACCES' }));
  expect(await folderChunkStore(folder).hasInput(INPUT)).toBe(true);
});
