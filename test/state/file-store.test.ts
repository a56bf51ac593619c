import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isPluginError } from '../../src/base/errors';
import { type StatePaths, statePaths } from '../../src/base/user-paths';
import { fileStore } from '../../src/state/file-store';
import type { Store } from '../../src/state/store';

let place: StatePaths;
let log: string[];
beforeEach(() => {
  log = [];
  place = statePaths({ MDTI_STATE_FILE: join(mkdtempSync(join(tmpdir(), 'mdti-state-')), 'below', 'state') });
});

function store(at: StatePaths = place): Store {
  return fileStore(at, { log: (level, event) => void log.push(`${level}: ${event}`) });
}

function put(key: string, value: unknown, at = place): Promise<void> {
  return store(at).update((state) => ({ ...state, [key]: value }));
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isPluginError(error)) throw error;
  return `${error.code} ${error.message}\n${error.hint}`;
}

describe('the state file', () => {
  test('is not there, and empty, until something is kept', async () => {
    expect(await store().read()).toEqual({});
    await store().update((state) => state);
    expect(readdirSync(dirname(place.file))).toEqual(['state.lock']);
  });

  test('stores values for the next process, encrypted and for this user only', async () => {
    await put('tokens', { a: 'a-secret-token' });
    await put('theirs', 'ü');
    expect(await store().read()).toEqual({ tokens: { a: 'a-secret-token' }, theirs: 'ü' });
    const file = readFileSync(place.file, 'utf8');
    expect(file).toMatch(/^mdti-state-1 [A-Za-z0-9+/=]+\n$/);
    expect(Buffer.from(file.split(' ')[1] ?? '', 'base64').toString('latin1')).not.toContain(
      'a-secret-token',
    );
    for (const name of [place.file, place.keyFile]) expect(statSync(name).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(place.file)).mode & 0o777).toBe(0o700);
  });

  test('is encrypted anew each time', async () => {
    await put('a', 1);
    const first = readFileSync(place.file, 'utf8');
    await put('a', 1);
    expect(readFileSync(place.file, 'utf8')).not.toBe(first);
  });

  test('loses nothing to changes made side by side', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => put(`k${index}`, index)));
    expect(Object.keys(await store().read())).toHaveLength(40);
    expect(readdirSync(`${place.file}.lock`)).toHaveLength(1);
  });

  test('stays unchanged if a change fails, and can be changed again', async () => {
    await put('a', 1);
    const failing = store().update(() => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await put('b', 2);
    expect(await store().read()).toEqual({ a: 1, b: 2 });
  });
});

test('a state file that other users can read is used: it is encrypted', async () => {
  await put('a', 1);
  chmodSync(place.file, 0o644);
  expect(await store().read()).toEqual({ a: 1 });
});

test('the warning about a file that cannot be used names it, and where it is now', async () => {
  await put('a', 1);
  writeFileSync(place.file, '');
  const details: unknown[] = [];
  const named = fileStore(place, { log: (_level, _event, more) => void details.push(more) });
  expect(await named.read()).toEqual({});
  expect(details).toEqual([{ file: place.file, movedTo: `${place.file}.damaged` }]);
});

describe('a file that cannot be used counts as empty, with one warning', () => {
  test.each<[string, () => void]>([
    ['cut', () => writeFileSync(place.file, readFileSync(place.file, 'utf8').slice(0, 40))],
    ['empty', () => writeFileSync(place.file, '')],
    ['another text', () => writeFileSync(place.file, '{"tokens":{}}')],
    [
      'changed in one bit',
      () => writeFileSync(place.file, readFileSync(place.file, 'utf8').replace(/.(?=.{8}\n)/, '!')),
    ],
    ['encrypted with another key', () => writeFileSync(place.keyFile, Buffer.alloc(32).toString('base64'))],
    ['of a later format', () => writeFileSync(place.file, 'mdti-state-2 AAAA\n')],
    ['of this format without a value', () => writeFileSync(place.file, 'mdti-state-1')],
    ['of this format with a short value', () => writeFileSync(place.file, 'mdti-state-1 AAAA\n')],
    [
      'of a format that this process does not know',
      () => writeFileSync(place.file, readFileSync(place.file, 'utf8').replace('-1 ', '-2 ')),
    ],
    ['without its key', () => rmSync(place.keyFile)],
  ])('%s', async (_, damage) => {
    await put('a', 1);
    damage();
    expect(await store().read()).toEqual({});
    expect(await store().read()).toEqual({});
    await put('b', 2);
    expect(await store().read()).toEqual({ b: 2 });
    expect(log).toEqual([
      'warn: the state file cannot be read and was renamed; sign in again if the sign-in method needs a user',
    ]);
    expect(readdirSync(dirname(place.file))).toContain('state.damaged');
  });
});

describe('the key', () => {
  const KEY = Buffer.alloc(32, 7);

  test.each([KEY.toString('base64'), KEY.toString('hex'), ` ${KEY.toString('hex').toUpperCase()}\n`])(
    'can come from the environment (%j), and no key file is made',
    async (key) => {
      const at = { ...place, key };
      await put('a', 1, at);
      expect(await store(at).read()).toEqual({ a: 1 });
      expect(await store({ ...place, key: KEY.toString('base64') }).read()).toEqual({ a: 1 });
      expect(readdirSync(dirname(place.file)).sort()).toEqual(['state', 'state.lock']);
    },
  );

  test('can come from a file of the user', async () => {
    const keyFile = join(dirname(dirname(place.file)), 'key');
    writeFileSync(keyFile, `${KEY.toString('base64')}\n`);
    const at = statePaths({ MDTI_STATE_FILE: place.file, MDTI_STATE_KEY_FILE: keyFile });
    await put('a', 1, at);
    expect(await store({ ...place, key: KEY.toString('hex') }).read()).toEqual({ a: 1 });
  });

  test.each(['short', Buffer.alloc(31).toString('base64'), 'zz'.repeat(32), 'a'.repeat(65)])(
    'cannot be %j, and is not quoted',
    async (key) => {
      const text = await refusal(put('a', 1, { ...place, key }));
      expect(text).toContain(
        'CONFIG_INVALID The environment variable MDTI_STATE_KEY is not a key of 32 bytes',
      );
      expect(text).toContain('openssl rand -base64 32');
      expect(text).not.toContain(`"${key}"`);
    },
  );

  test('is named by its file where that contains no key', async () => {
    await put('a', 1);
    writeFileSync(place.keyFile, 'not a key');
    expect(await refusal(put('a', 2))).toContain(
      `CONFIG_INVALID The key file ${place.keyFile} is not a key of 32 bytes`,
    );
  });

  test('is not made where a file was named that is not there', async () => {
    const at = statePaths({ MDTI_STATE_FILE: place.file, MDTI_STATE_KEY_FILE: '/nowhere/key' });
    expect(await refusal(put('a', 1, at))).toContain(
      'STATE_UNAVAILABLE The key file /nowhere/key (MDTI_STATE_KEY_FILE) cannot be read: it does not exist.',
    );
  });
});

describe('a key file that MDTI_STATE_KEY_FILE names', () => {
  const at = (keyFile: string) => statePaths({ MDTI_STATE_FILE: place.file, MDTI_STATE_KEY_FILE: keyFile });

  test('has a reason in its error, however long its name is', async () => {
    const said = await refusal(put('a', 1, at(`/${'x'.repeat(100_000)}`)));
    expect(said).toMatch(/x… \(MDTI_STATE_KEY_FILE\) cannot be read: its name is too long\./);
  });

  (process.platform === 'linux' ? test : test.skip)('is not a device without an end', async () => {
    expect(await refusal(put('a', 1, at('/dev/zero')))).toContain('/dev/zero has more than 16,777,216 bytes');
  });
});

describe('the lock', () => {
  const tickets = () => `${place.file}.lock`;

  /** A ticket as a process of that description would leave it behind. */
  function leaveTicket(holder: object): void {
    mkdirSync(tickets(), { recursive: true });
    writeFileSync(join(tickets(), '7'), JSON.stringify({ machine: hostname(), ...holder }));
  }

  test.each([
    ['a process that is gone', { process: 2 ** 22 + 1, life: 'x' }],
    ['an earlier process of our number', { process: process.pid, life: 'x' }],
    ['a process that wrote half of it', { process: 'x' }],
  ])('is taken over from %s', async (_, holder) => {
    leaveTicket(holder);
    writeFileSync(join(tickets(), 'write-7'), 'half');
    await put('a', 1);
    expect(await store().read()).toEqual({ a: 1 });
    expect(readdirSync(tickets())).toEqual(['8']);
  });

  test('is waited for while its holder runs, until the signal aborts', async () => {
    leaveTicket({ process: process.ppid, life: 'x' });
    const deadline = AbortSignal.timeout(60);
    const change = store().update((state) => ({ ...state, a: 1 }), deadline);
    await expect(change).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await store().read()).toEqual({});
  });

  test('of another machine is waited for too', async () => {
    leaveTicket({ machine: 'elsewhere', process: 2 ** 22 + 1 });
    const deadline = AbortSignal.timeout(60);
    const change = store().update((state) => ({ ...state, a: 1 }), deadline);
    await expect(change).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('errors of the operating system', () => {
  test('are not confused with what a change throws', async () => {
    for (const thrown of [undefined, null, 'text', { code: 'ENOSPC' }])
      await expect(
        store().update(() => {
          throw thrown;
        }),
      ).rejects.toBe(thrown);
  });

  test('is reported with the path', async () => {
    writeFileSync(join(dirname(dirname(place.file)), 'below'), 'a file');
    expect(await refusal(put('a', 1))).toContain(
      `STATE_UNAVAILABLE The state file ${place.file} cannot be changed: a file is where a folder should be.`,
    );
    expect(await refusal(store().read())).toContain(`The state file ${place.file} cannot be read`);
  });

  test('is reported for a folder in place of the file', async () => {
    mkdirSync(place.file, { recursive: true });
    chmodSync(place.file, 0o700);
    expect(await refusal(store().read())).toContain('a folder is where a file should be');
  });
});

describe('the place', () => {
  test.each([
    [{}, 'linux', '/home/alex/.local/state/mdti/state'],
    [{ XDG_STATE_HOME: '/var/state' }, 'linux', '/var/state/mdti/state'],
    [{ MDTI_STATE_FILE: '/srv/mdti.state' }, 'linux', '/srv/mdti.state'],
    [{}, 'darwin', '/home/alex/Library/Application Support/mdti/state'],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/mdti/state'],
  ] as const)('for %j on %s is %s, and the key beside it', (environment, platform, file) => {
    const found = statePaths(environment, '/home/alex', platform);
    expect(found).toEqual({ file, key: undefined, keyFile: `${file}.key`, ownKeyFile: true });
  });
});
