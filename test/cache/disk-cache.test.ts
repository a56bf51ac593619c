import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log';
import { type DiskCache, type DiskCacheOptions, diskCache } from '../../src/cache/disk-cache';
import type { CachedResponse } from '../../src/cache/response-cache';

const HOUR = 3_600_000;

let folder: string;
let now: number;
const opened: DiskCache[] = [];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'mdti-responses-')), 'responses');
  now = 1_700_000_000_000;
});
afterEach(() => {
  for (const cache of opened.splice(0)) cache.close();
});

function open(more: Partial<DiskCacheOptions> = {}): DiskCache {
  const cache = diskCache({
    folder,
    log: silentLog,
    clock: { now: () => now, monotonic: () => now },
    ...more,
  });
  opened.push(cache);
  return cache;
}

function response(text: string | undefined, lives = HOUR): CachedResponse {
  return {
    json: text === undefined ? undefined : JSON.stringify({ text }),
    requestedAt: now,
    expiresAt: now + lives,
  };
}

function files(): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

test('returns stored responses in the order of the keys, also in a later process', async () => {
  const cache = open();
  await cache.setMany([
    ['a', response('one')],
    ['b', response(undefined)],
    ['ü', response('für')],
  ]);
  const expected = [response('für'), undefined, response('one'), response(undefined)];
  expect(await cache.getMany(['ü', 'x', 'a', 'b'])).toEqual(expected);
  expect(await open().getMany(['ü', 'x', 'a', 'b'])).toEqual(expected);
});

test('sees what another process stored in the meantime; the newer response counts', async () => {
  const [one, two] = [open(), open()];
  await one.setMany([['a', response('old')]]);
  expect(await two.getMany(['a'])).toEqual([response('old')]);
  now += 10_000;
  await two.setMany([['a', response('new')]]);
  now += 10_000;
  expect((await one.getMany(['a']))[0]?.json).toBe('{"text":"new"}');
  expect((await open().getMany(['a']))[0]?.json).toBe('{"text":"new"}');
});

test('returns no expired response, and prune deletes files with only expired ones', async () => {
  await open().setMany([['a', response('short', 1_000)]]);
  const cache = open();
  await cache.setMany([['b', response('long', HOUR)]]);
  now += 5_000;
  expect(await cache.getMany(['a', 'b'])).toMatchObject([undefined, { json: '{"text":"long"}' }]);
  expect(open().prune()).toBeGreaterThan(0);
  expect(files()).toHaveLength(1);
});

test('files and folder belong to this user alone, and show no key', async () => {
  await open().setMany([['hosts/contoso.com', { ...response(undefined) }]]);
  const [file = ''] = files();
  expect([statSync(file).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(readFileSync(file, 'latin1')).not.toContain('contoso');
});

test('stays below its size limit by deleting the oldest responses', async () => {
  const cache = open({ limit: 40 * 1024 * 1024 });
  const text = 'x'.repeat(1_000_000);
  for (let key = 0; key < 80; key++) {
    now += 1;
    await cache.setMany([[`${key}`, response(text)]]);
  }
  expect(cache.status().bytes).toBeLessThanOrEqual(40 * 1024 * 1024);
  const [first, last] = await cache.getMany(['0', '79']);
  expect([first, last?.json?.length]).toEqual([undefined, 1_000_011]);
});

test.each<[string, (file: string) => void]>([
  ['cut in the middle of a record', (file) => truncateSync(file, statSync(file).size - 5)],
  [
    'with a changed byte',
    (file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length - 3] = 0x21;
      writeFileSync(file, bytes);
    },
  ],
  ['followed by half a record', (file) => appendFileSync(file, Buffer.from([200, 0, 0, 0, 1, 2]))],
  ['followed by rubbish', (file) => appendFileSync(file, Buffer.alloc(500, 0xff))],
  ['emptied', (file) => truncateSync(file, 0)],
  ['deleted', (file) => rmSync(file)],
])('a file that is %s gives right responses or none', async (_, damage) => {
  const keys = ['a', 'b', 'c'];
  await open().setMany(keys.map((key) => [key, response(`value of ${key}`)]));
  for (const file of files()) damage(file);
  const cache = open();
  const found = await cache.getMany(keys);
  for (const [place, one] of found.entries())
    if (one !== undefined) expect(one.json).toBe(`{"text":"value of ${keys[place]}"}`);
  await cache.setMany([['d', response('after')]]);
  expect((await cache.getMany(['d']))[0]?.json).toBe('{"text":"after"}');
});

test('works without the cache if its folder is read-only', async () => {
  const cache = open({ folder: join(__filename, 'responses') });
  await cache.setMany([['a', response('x')]]);
  expect(await cache.getMany(['a'])).toEqual([undefined]);
  expect(cache.status().responses).toBe(0);
});

test('clear deletes everything', async () => {
  const cache = open();
  await cache.setMany([['a', response('x')]]);
  cache.clear();
  expect(await cache.getMany(['a'])).toEqual([undefined]);
  expect(files()).toEqual([]);
});

test('after another process cleared the cache, responses go to a new file that others find', async () => {
  const [one, two] = [open(), open()];
  await one.setMany([['a', response('before')]]);
  two.clear();
  now += 10_000;
  await one.setMany([['a', response('after')]]);
  expect((await open().getMany(['a']))[0]?.json).toBe('{"text":"after"}');
});

test('prune leaves the file that another process has just started', async () => {
  mkdirSync(folder, { mode: 0o700 });
  const name = `${String(now).padStart(15, '0')}-0123456789ab.responses`;
  writeFileSync(join(folder, name), '', { mode: 0o600 });
  open().prune();
  expect(readdirSync(folder)).toEqual([name]);
  now += 2 * HOUR;
  open().prune();
  expect(readdirSync(folder)).toEqual([]);
});

test('the small files of many processes are merged, and no response is lost', async () => {
  const keys = Array.from({ length: 200 }, (_, number) => `k${number}`);
  for (const key of keys) {
    now += 1;
    const cache = open();
    await cache.setMany([[key, response(key)]]);
    cache.close();
  }
  expect(files().length).toBeLessThanOrEqual(65);
  const found = await open().getMany(keys);
  expect(found.map((one) => one?.json)).toEqual(keys.map((key) => `{"text":"${key}"}`));
});

(process.platform === 'linux' ? test : test.skip)(
  'a process opens a bounded number of files, and merges the others with its next responses',
  async () => {
    await open().setMany([['a', response('x')]]);
    const [file = ''] = files();
    const text = readFileSync(file);
    for (let copy = 0; copy < 300; copy++)
      writeFileSync(join(folder, `${String(now + copy).padStart(15, '0')}-${copy}.responses`), text, {
        mode: 0o600,
      });
    const before = readdirSync('/proc/self/fd').length;
    const cache = open();
    await cache.getMany(['a']);
    expect(readdirSync('/proc/self/fd').length - before).toBeLessThanOrEqual(128);
    for (let round = 0; round < 2; round++) await open().setMany([[`b${round}`, response('y')]]);
    expect(files().length).toBeLessThanOrEqual(68);
  },
);

describe('nothing is read or written', () => {
  const STRANGER = 12_345;
  const asRoot = process.getuid?.() === 0 ? test : test.skip;

  async function isRefused(change: () => void, event = 'the response cache is off'): Promise<void> {
    await open().setMany([['a', response('x')]]);
    change();
    const before = readdirSync(folder);
    const log = jest.fn();
    const cache = open({ log });
    expect(await cache.getMany(['a'])).toEqual([undefined]);
    await cache.setMany([['b', response('y')]]);
    expect(readdirSync(folder)).toEqual(before);
    expect(log.mock.calls.map(([level, name]) => [level, name])).toEqual([['warn', event]]);
  }

  test('in a folder that others may write to', () => isRefused(() => chmodSync(folder, 0o777)));

  test('below a folder that others may write to', () =>
    isRefused(() => chmodSync(join(folder, '..'), 0o777)));

  asRoot('in a folder of another user', () => isRefused(() => lchownSync(folder, STRANGER, STRANGER)));

  test('below a folder that others may write to, where the cache would be new', async () => {
    chmodSync(join(folder, '..'), 0o777);
    const log = jest.fn();
    await open({ log }).setMany([['a', response('x')]]);
    expect(log).toHaveBeenCalledWith('warn', expect.stringContaining('response cache'), expect.anything());
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('ignores', () => {
  const STRANGER = 12_345;
  const asRoot = process.getuid?.() === 0 ? test : test.skip;

  async function isLeftOut(change: (file: string) => void): Promise<void> {
    await open().setMany([['a', response('x')]]);
    const [file = ''] = files();
    change(file);
    expect(await open().getMany(['a'])).toEqual([undefined]);
  }

  asRoot('a file of another user', () => isLeftOut((file) => lchownSync(file, STRANGER, STRANGER)));

  test('a file that other users can write to', () => isLeftOut((file) => chmodSync(file, 0o666)));

  test('a symbolic link', () =>
    isLeftOut((file) => {
      writeFileSync(`${file}.moved`, readFileSync(file), { mode: 0o600 });
      rmSync(file);
      symlinkSync(`${file}.moved`, file);
    }));

  test('a pipe, without waiting for its writer', () =>
    isLeftOut((file) => {
      rmSync(file);
      execFileSync('mkfifo', ['-m', '600', file]);
    }));
});
