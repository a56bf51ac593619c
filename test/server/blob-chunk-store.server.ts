import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BlobServiceClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { CHUNK_ROWS } from '../../src/queue/chunk-store';
import { openChunkStore } from '../../src/queue/open-chunk-store';
import { freePort, listening } from './redis';

/** The account that Azurite, Microsoft's emulator, provides by default. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

let azurite: ChildProcess;
let folder: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'azurite-'));
  const port = await freePort();
  const program = require.resolve('azurite/dist/src/blob/main.js');
  azurite = spawn(
    process.execPath,
    [program, '--blobPort', String(port), '--location', folder, '--silent', '--skipApiVersionCheck'],
    {
      stdio: 'ignore',
    },
  );
  await listening(port);
  const credential = new StorageSharedKeyCredential(ACCOUNT, KEY);
  const service = new BlobServiceClient(`http://127.0.0.1:${port}/${ACCOUNT}`, credential);
  const container = service.getContainerClient('jobs');
  await container.create();
  const sas = generateBlobSASQueryParameters(
    {
      containerName: 'jobs',
      permissions: ContainerSASPermissions.parse('racwdl'),
      expiresOn: new Date(Date.now() + 3_600_000),
    },
    credential,
  );
  const file = join(folder, 'container.url');
  writeFileSync(file, `${container.url}?${sas}`, { mode: 0o600 });
  environment = { MDTI_BLOB_URL_FILE: file };
});

afterAll(() => {
  azurite.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function* inputs(count: number): AsyncGenerator<string> {
  for (let at = 0; at < count; at++) yield `name-${at}.example`;
}

test('a job in a blob container is read by chunks, its rows come back, and it can be removed', async () => {
  const store = await openChunkStore('blob:nightly', environment);
  const stored = await store.writeInput(inputs(CHUNK_ROWS + 2));
  expect(stored).toMatchObject({ rows: CHUNK_ROWS + 2, chunks: { length: 2 } });
  const [, second] = stored.chunks;
  if (second === undefined) throw new Error('no second chunk');
  expect(await store.readInput(stored.input, second)).toEqual([
    `name-${CHUNK_ROWS}.example`,
    `name-${CHUNK_ROWS + 1}.example`,
  ]);
  await store.writeRows(stored.input, 0, '{"input":"é"}\n');
  expect(await store.readRows(stored.input, 0)).toBe('{"input":"é"}\n');
  await store.remove(stored.input);
  await expect(store.readRows(stored.input, 0)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: 'A blob of the job in blob:nightly cannot be read.',
  });
});

test('a container that is not configured is named', async () => {
  const store = await openChunkStore('blob:nightly', {});
  await expect(store.readRows('0123456789abcdef', 0)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: 'The job is in a blob container, and none is configured.',
  });
});

test('a token without permissions is named, and no error repeats the token', async () => {
  const url = readFileSync(String(environment.MDTI_BLOB_URL_FILE), 'utf8').replace(
    /&sig=[^&]*/,
    '&sig=AAAA0000',
  );
  const file = join(folder, 'other.url');
  writeFileSync(file, url, { mode: 0o600 });
  const store = await openChunkStore('blob:nightly', { MDTI_BLOB_URL_FILE: file });
  const input = 'input-00000000-0000-4000-8000-000000000000.ndjson';
  const attempts = {
    written: [() => store.writeInput(inputs(1)), () => store.writeRows(input, 0, 'rows')],
    read: [() => store.readRows(input, 0), () => store.hasInput(input)],
    removed: [() => store.remove(input)],
  };
  for (const [what, calls] of Object.entries(attempts))
    for (const call of calls) {
      const error = await call().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error).toMatchObject({
        code: 'STATE_UNAVAILABLE',
        message: `A blob of the job in blob:nightly cannot be ${what}.`,
      });
      expect(String(error)).not.toContain('AAAA0000');
    }
});
