import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLog } from '../../src/base/log';
import { exposedFolder } from '../../src/base/owned-path';
import { type StatePaths, statePaths } from '../../src/base/user-paths';
import { cacheFolder } from '../../src/launcher/cache-folder';
import { fileStore } from '../../src/state/file-store';
import { raised } from '../support/raised';

/** Only root can give a file to another user. */
const asRoot = process.getuid?.() === 0 ? test : test.skip;
const STRANGER = 12_345;

let folder: string;
let place: StatePaths;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdti-owned-'));
  place = statePaths({ MDTI_STATE_FILE: join(folder, 'state') });
});

function store(at = place) {
  return fileStore(at, { log: silentLog });
}

function put(): Promise<void> {
  return store().update((state) => ({ ...state, tokens: { a: 'kept' } }));
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await raised(() => work);
  expect(error.code).toBe('STATE_UNAVAILABLE');
  return error.message;
}

test('a state in a sticky folder that all users write to is kept', async () => {
  chmodSync(folder, 0o1777);
  await put();
  expect(await store().read()).toEqual({ tokens: { a: 'kept' } });
  expect(statSync(place.keyFile).mode & 0o777).toBe(0o600);
});

describe('nothing is saved or read', () => {
  test('in a folder that all users write to and that is not sticky', async () => {
    chmodSync(folder, 0o777);
    expect(await refusal(put())).toContain(`${folder} can be changed by other users`);
  });

  test('below a folder that others can replace', async () => {
    const below = statePaths({ MDTI_STATE_FILE: join(folder, 'a', 'b', 'state') });
    mkdirSync(dirname(below.file), { recursive: true });
    chmodSync(join(folder, 'a'), 0o777);
    expect(await refusal(store(below).update((state) => ({ ...state, a: 1 })))).toContain(
      `${join(folder, 'a')} can be changed by other users`,
    );
  });

  asRoot('where another user made the lock folder first', async () => {
    chmodSync(folder, 0o1777);
    mkdirSync(`${place.file}.lock`);
    chownSync(`${place.file}.lock`, STRANGER, STRANGER);
    expect(await refusal(put())).toContain('state.lock belongs to another user');
  });

  asRoot('with a key that another user put there first', async () => {
    chmodSync(folder, 0o1777);
    writeFileSync(place.keyFile, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o644 });
    chownSync(place.keyFile, STRANGER, STRANGER);
    expect(await refusal(put())).toContain('state.key belongs to another user');
  });

  test('with a key that other users can read', async () => {
    await put();
    chmodSync(place.keyFile, 0o644);
    expect(await refusal(store().read())).toContain('state.key can be read by other users');
  });

  test.each(['file', 'keyFile'] as const)('with a link as the %s', async (name) => {
    await put();
    renameSync(place[name], `${place[name]}.moved`);
    symlinkSync(`${place[name]}.moved`, place[name]);
    expect(await refusal(store().read())).toContain(`${place[name]} is a link`);
  });

  asRoot('from a state file of another user', async () => {
    await put();
    chownSync(place.file, STRANGER, STRANGER);
    expect(await refusal(store().read())).toContain('belongs to another user');
  });
});

test('a key file that is named may be a link, as a mounted secret is', async () => {
  const secret = join(folder, 'mounted');
  writeFileSync(secret, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o644 });
  symlinkSync(secret, join(folder, 'link'));
  const named = statePaths({
    MDTI_STATE_FILE: join(folder, 'state'),
    MDTI_STATE_KEY_FILE: join(folder, 'link'),
  });
  await store(named).update((state) => ({ ...state, a: 1 }));
  expect(await store(named).read()).toEqual({ a: 1 });
});

describe('compiled code', () => {
  test('is kept in a folder of this user', () => {
    expect(cacheFolder({ MDTI_CACHE: join(folder, 'cache') })).toBe(join(folder, 'cache'));
  });

  test('is not kept where others can replace the folder', () => {
    chmodSync(folder, 0o777);
    expect(cacheFolder({ MDTI_CACHE: join(folder, 'cache') })).toBeUndefined();
  });

  asRoot('is not kept below a folder or behind a link of another user', () => {
    const theirs = join(folder, 'theirs');
    mkdirSync(theirs);
    chownSync(theirs, STRANGER, STRANGER);
    expect(cacheFolder({ MDTI_CACHE: join(theirs, 'cache') })).toBeUndefined();
  });
});

asRoot('a group that this user does not belong to counts as others, root’s group does not', () => {
  chmodSync(folder, 0o770);
  chownSync(folder, 0, STRANGER);
  expect(exposedFolder(folder)).toBe(folder);
  chownSync(folder, 0, 0);
  expect(exposedFolder(folder)).toBeUndefined();
});

test('a relative folder is checked like its absolute path', () => {
  expect(exposedFolder('.')).toBe(exposedFolder(process.cwd()));
});
