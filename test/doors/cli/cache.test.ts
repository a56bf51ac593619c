import { closeSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskCache } from '../../../src/cache/disk-cache';
import { cacheVerb } from '../../../src/doors/cli/cache';

const folder = join(mkdtempSync(join(tmpdir(), 'mdti-cache-verb-')), 'responses');

beforeAll(() => {
  process.env.MDTI_RESPONSES = folder;
});

async function stored(count: number, expiresAt: number): Promise<void> {
  const cache = diskCache({ folder, log: () => {} });
  const responses = Array.from(
    { length: count },
    (_, at) => [`key ${expiresAt} ${at}`, { json: '{}', requestedAt: 0, expiresAt }] as const,
  );
  await cache.setMany(responses);
  cache.close();
}

/** The number that the next file gets: the lowest that no open file has. */
function nextFile(): number {
  const file = openSync(__filename, 'r');
  closeSync(file);
  return file;
}

test('shows stored responses, deletes expired ones, and deletes all', async () => {
  expect(cacheVerb()).toBe(`0 responses, 0.0 MB in 0 files in ${folder}.`);
  await stored(30_000, 1);
  await stored(1_000, Date.now() + 3_600_000);
  const free = nextFile();
  expect(cacheVerb('status')).toBe(`31,000 responses, 1.3 MB in 2 files in ${folder}.`);
  expect(nextFile()).toBe(free);
  expect(cacheVerb('prune')).toBe(`Freed 1.2 MB of 1.3 MB in ${folder}.`);
  expect(cacheVerb('status')).toBe(`1,000 responses, 0.0 MB in 1 file in ${folder}.`);
  expect(cacheVerb('clear')).toBe(`Deleted 1,000 responses (0.0 MB) in ${folder}.`);
  expect(cacheVerb('status')).toBe(`0 responses, 0.0 MB in 0 files in ${folder}.`);
});
