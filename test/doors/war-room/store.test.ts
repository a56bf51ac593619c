import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Investigation, withLine } from '../../../src/doors/war-room/investigation';
import { type InvestigationStore, openInvestigations } from '../../../src/doors/war-room/store';
import { targetOf } from '../../../src/doors/war-room/target';
import { resultEntry } from '../../../src/xsoar/entry';

const TENANT = targetOf({ tenant_id: 'contoso.com' }, false);
const OTHER_TENANT = targetOf({ tenant_id: 'fabrikam.example' }, false);

let state: string;
beforeEach(() => {
  state = join(mkdtempSync(join(tmpdir(), 'mdti-store-')), 'state');
});

const fileOf = (name: string) => join(state, '../investigations', `${name}.json`);

/** Adds a line that found one host. */
function add(store: InvestigationStore, id: string): Promise<Investigation> {
  const entry = resultEntry({ id }, '', {
    'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)': { id },
  });
  const system = {
    rawResponse: false,
    ignoreOutputs: false,
    extendContext: [],
    executionTimeout: undefined,
    retryCount: 0,
    retryInterval: 0,
  };
  const executed = { entries: [entry], errors: [], args: {}, system, context: {} };
  const record = { id, at: '2026-01-01T00:00:00.000Z', line: `host ${id}`, entries: [entry] };
  return store.change((now) => withLine(now, record, executed));
}

test('two consoles that write at once lose neither lines nor context', async () => {
  const stores = [1, 2, 3].map(() => openInvestigations(state, TENANT).open('case'));
  const ids = Array.from({ length: 30 }, (_, index) => `h${index}.example`);
  await Promise.all(ids.map((id, index) => add(stores[index % 3] as InvestigationStore, id)));
  const { context, happened } = await openInvestigations(state, TENANT).open('case').read();
  expect(happened.map(({ line }) => line).sort()).toEqual(ids.map((id) => `host ${id}`).sort());
  const known = (context.MSGDefenderThreatIntel as { Host: { id: string }[] }).Host;
  expect(known.map(({ id }) => id).sort()).toEqual([...ids].sort());
});

test('calls back when another process wrote', async () => {
  const [one, other] = [1, 2].map(() => openInvestigations(state, TENANT).open('case'));
  await one?.read();
  const seen = new Promise<Investigation>((resolve) => one?.watch(resolve));
  await add(other as InvestigationStore, 'contoso.com');
  expect((await seen).happened).toMatchObject([{ line: 'host contoso.com' }]);
});

test('an investigation of one tenant is rejected to another, and a sandbox has its own', async () => {
  await add(openInvestigations(state, TENANT).open('case'), 'contoso.com');
  await expect(openInvestigations(state, OTHER_TENANT).open('case').read()).rejects.toThrow(
    'The investigation "case" belongs to another tenant.',
  );
  const sandbox = openInvestigations(state, targetOf({}, true));
  expect((await sandbox.open('case').read()).happened).toEqual([]);
  expect(targetOf({ graph_endpoint: 'https://localhost:4000' }, false)).toEqual({ kind: 'sandbox' });
  expect(readFileSync(join(state, '../investigations/case.json'), 'utf8')).not.toMatch('"contoso.com/');
});

test('an investigation that was renamed elsewhere is not started again under its old name', async () => {
  const investigations = openInvestigations(state, TENANT);
  const store = investigations.open('case');
  await add(store, 'contoso.com');
  await openInvestigations(state, TENANT).rename('case', 'closed');
  await expect(add(store, 'example.org')).rejects.toThrow('The investigation "case" was renamed or deleted.');
  expect(await investigations.names()).toEqual(['closed']);
  await expect(investigations.rename('closed', 'closed')).rejects.toThrow('already exists');
  await expect(investigations.remove('absent')).rejects.toThrow('There is no investigation named "absent"');
});

test('reads version 1, and rejects newer versions and files that are not investigations', async () => {
  const folder = join(state, '../investigations');
  mkdirSync(folder);
  const put = (document: unknown) => writeFileSync(join(folder, 'old.json'), JSON.stringify(document));
  const open = () => openInvestigations(state, TENANT).open('old').read();
  put({ context: { a: 1 }, happened: [{ at: '2026-01-01T00:00:00.000Z', line: 'host a', entries: [] }] });
  expect(await open()).toMatchObject({ context: { a: 1 }, happened: [{ id: 'line-1', line: 'host a' }] });
  put({ version: 3 });
  await expect(open()).rejects.toThrow('newer version of mdti');
  for (const broken of [[], { context: {} }, { context: {}, happened: [{ at: 1 }] }, 'x']) {
    put(broken);
    await expect(open()).rejects.toThrow('does not contain an investigation');
  }
});

test('an investigation with an unknown version or without a target is not opened', async () => {
  const store = openInvestigations(state, TENANT).open('case');
  await add(store, 'contoso.com');
  const stored = JSON.parse(readFileSync(fileOf('case'), 'utf8'));
  for (const changed of [{ target: undefined }, { target: { ...TENANT, kind: 'sandbox' } }]) {
    writeFileSync(fileOf('case'), JSON.stringify({ ...stored, ...changed }));
    await expect(store.read()).rejects.toThrow('The investigation "case" belongs to another tenant.');
  }
});

test.each([
  ['a newer version', { version: 3 }, 'Update mdti, or use another name.'],
  ['another file', [], 'Move the file away, or use another name.'],
  [
    'another tenant',
    { version: 2, target: OTHER_TENANT, context: {}, happened: [] },
    'Use another name, or the profile that the investigation was started with.',
  ],
])('a file of %s says what to do', async (_, content, hint) => {
  mkdirSync(join(state, '../investigations'));
  writeFileSync(fileOf('case'), JSON.stringify(content));
  await expect(openInvestigations(state, TENANT).open('case').read()).rejects.toMatchObject({
    code: 'STATE_UNAVAILABLE',
    hint,
  });
});

describe('an investigation of more than 64 MiB', () => {
  const TOO_LARGE = {
    code: 'STATE_UNAVAILABLE',
    message: 'The investigation "case" would exceed 64 MiB.',
    hint: 'Save it with /export FILE and empty it with /clear, or start another one.',
  };

  test('is not written, and what was stored stays', async () => {
    const store = openInvestigations(state, TENANT).open('case');
    await add(store, 'contoso.com');
    const before = readFileSync(fileOf('case'), 'utf8');
    const large = { context: { note: 'x'.repeat(64 * 1024 * 1024) }, happened: [] };
    await expect(store.change(() => large)).rejects.toMatchObject(TOO_LARGE);
    expect(readFileSync(fileOf('case'), 'utf8')).toBe(before);
  });

  test.each([
    [1, 'is not read', TOO_LARGE],
    [0, 'is read', { message: expect.stringMatching(/ does not contain an investigation\.$/) }],
  ])('a file of %d bytes more than that %s', async (more, _, error) => {
    mkdirSync(join(state, '../investigations'));
    writeFileSync(fileOf('case'), '');
    truncateSync(fileOf('case'), 64 * 1024 * 1024 + more);
    await expect(openInvestigations(state, TENANT).open('case').read()).rejects.toMatchObject(error);
  });
});

test('a change that changes nothing does not write', async () => {
  const store = openInvestigations(state, TENANT).open('case');
  await add(store, 'contoso.com');
  const { ino } = statSync(fileOf('case'));
  await store.change((now) => now);
  expect(statSync(fileOf('case')).ino).toBe(ino);
});

test('a change is not written once another process has the lock', async () => {
  const store = openInvestigations(state, TENANT).open('case');
  await add(store, 'contoso.com');
  const lock = join(state, '../investigations/.lock');
  const changed = store.change((now) => {
    for (const ticket of readdirSync(lock)) writeFileSync(join(lock, ticket), 'another process');
    return { ...now, context: { lost: true } };
  });
  await expect(changed).rejects.toMatchObject({
    code: 'STATE_UNAVAILABLE',
    message: 'Another process took the lock on the investigation "case".',
    hint: 'Run the line again.',
  });
  expect(readFileSync(fileOf('case'), 'utf8')).not.toContain('lost');
});

test('a file that was edited in place is read again, even if its size is the same', async () => {
  const store = openInvestigations(state, TENANT).open('case');
  await add(store, 'contoso.com');
  writeFileSync(fileOf('case'), readFileSync(fileOf('case'), 'utf8').replaceAll('contoso', 'another'));
  utimesSync(fileOf('case'), 1, 1);
  expect((await store.read()).happened).toMatchObject([{ line: 'host another.com' }]);
});

describe('the folder of investigations', () => {
  const folder = () => join(state, '../investigations');
  const all = () => openInvestigations(state, TENANT);

  test('has no names before it exists, and then those of its investigations only', async () => {
    expect(await all().names()).toEqual([]);
    mkdirSync(folder());
    for (const name of ['case.json', 'a b.json', 'case.json.bak', '.lock'])
      writeFileSync(join(folder(), name), '');
    expect(await all().names()).toEqual(['case']);
  });

  test('that cannot be read is named', async () => {
    symlinkSync('investigations', folder());
    await expect(all().names()).rejects.toThrow(`The folder ${folder()} cannot be read`);
  });

  test.each([
    ['renamed', () => all().rename('case', 'other'), 'The investigation case cannot be renamed'],
    ['deleted', () => all().remove('case'), 'The investigation case cannot be deleted'],
    ['written', () => add(all().open('case'), 'a'), 'The investigation case cannot be written to'],
  ])('that is a file says what cannot be %s', async (_, work, message) => {
    writeFileSync(folder(), '');
    await expect(work()).rejects.toThrow(message);
  });

  test.each([
    ['a name that is taken', () => all().rename('case', 'case'), 'STATE_UNAVAILABLE', 'Choose another name.'],
    [
      'an absent one',
      () => all().rename('absent', 'b'),
      'STATE_UNAVAILABLE',
      'List them with /investigations.',
    ],
    ['no name', () => all().remove('a/b'), 'INVOCATION_UNREADABLE', 'Use up to 64 letters, digits, _ and -.'],
  ])('%s says what to do', async (_, work, code, hint) => {
    await add(all().open('case'), 'contoso.com');
    await expect(work()).rejects.toMatchObject({ code, hint });
  });
});

test('an investigation that was renamed elsewhere says where to look', async () => {
  const store = openInvestigations(state, TENANT).open('case');
  await add(store, 'contoso.com');
  await openInvestigations(state, TENANT).rename('case', 'closed');
  await expect(store.read()).rejects.toMatchObject({
    code: 'STATE_UNAVAILABLE',
    hint: 'List the investigations with /investigations and open another one.',
  });
});

test('a path to the investigation that leads nowhere is an error, not an empty investigation', async () => {
  mkdirSync(join(state, '../investigations'));
  symlinkSync('case.json', fileOf('case'));
  await expect(openInvestigations(state, TENANT).open('case').read()).rejects.toThrow('cannot be read');
});

describe('watching', () => {
  beforeEach(
    () => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'setTimeout', 'Date'] }),
  );
  afterEach(() => void jest.useRealTimers());

  /** Lets one check run to its end. */
  async function check(store: InvestigationStore): Promise<void> {
    jest.advanceTimersByTime(250);
    for (let turn = 0; turn < 5; turn++) await store.read();
    await new Promise(setImmediate);
  }

  /** Checks until something was seen this often. */
  async function until(seen: jest.Mock, times: number, store: InvestigationStore): Promise<void> {
    while (seen.mock.calls.length < times) await check(store);
  }

  test('calls back once for each change', async () => {
    const store = openInvestigations(state, TENANT).open('case');
    const other = openInvestigations(state, TENANT).open('case');
    const seen = jest.fn();
    store.watch(seen);
    await check(store);
    await add(other, 'a.example');
    await until(seen, 1, store);
    await check(store);
    await add(other, 'b.example');
    await until(seen, 2, store);
    expect(seen.mock.calls.map(([{ happened }]) => happened.length)).toEqual([1, 2]);
  });

  test('reads one time after another, however slow the disk is', async () => {
    const store = openInvestigations(state, TENANT).open('case');
    await store.read();
    const slow = jest.spyOn(promises, 'stat').mockReturnValue(new Promise(() => {}));
    const stop = store.watch(() => {});
    jest.advanceTimersByTime(1_000);
    await new Promise(setImmediate);
    stop();
    expect(slow).toHaveBeenCalledTimes(1);
    slow.mockRestore();
  });

  test('does not call back for what was read before', async () => {
    const store = openInvestigations(state, TENANT).open('case');
    await add(store, 'a.example');
    const seen = jest.fn();
    store.watch(seen);
    await check(store);
    expect(seen).not.toHaveBeenCalled();
  });

  test('continues after a file that could not be read, and ends when it is stopped', async () => {
    const store = openInvestigations(state, TENANT).open('case');
    await add(store, 'a.example');
    const stored = readFileSync(fileOf('case'));
    const seen = jest.fn();
    const stop = store.watch(seen);
    writeFileSync(fileOf('case'), 'broken');
    jest.advanceTimersByTime(250);
    await expect(store.read()).rejects.toThrow('does not contain an investigation');
    await new Promise(setImmediate);
    writeFileSync(fileOf('case'), String(stored).replaceAll('a.example', 'bb.example'));
    await until(seen, 1, store);
    stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('a folder where the file should be is a sentence with the path', async () => {
  mkdirSync(join(state, '../investigations/case.json'), { recursive: true });
  chmodSync(join(state, '../investigations'), 0o700);
  await expect(openInvestigations(state, TENANT).open('case').read()).rejects.toThrow(
    'case.json cannot be read',
  );
});
