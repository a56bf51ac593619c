import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
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

test('a folder where the file should be is a sentence with the path', async () => {
  mkdirSync(join(state, '../investigations/case.json'), { recursive: true });
  chmodSync(join(state, '../investigations'), 0o700);
  await expect(openInvestigations(state, TENANT).open('case').read()).rejects.toThrow(
    'case.json cannot be read',
  );
});
