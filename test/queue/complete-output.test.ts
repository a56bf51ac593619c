import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endComplete } from '../../src/doors/queue/complete-output';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import { MemoryRedis, MemoryRegistry } from '../support/memory-queue';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'complete-'));
  out = join(folder, 'rows.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function* list() {
  yield 'contoso.com';
}

/** Ends a command whose input cannot be removed. */
async function end() {
  const location = join(folder, 'job');
  const kept = folderChunkStore(location);
  const store = { ...kept, remove: () => Promise.reject(new Error('the input cannot be removed')) };
  const command = {
    name: 'nightly',
    tenant: 'contoso',
    location,
    out,
    format: 'ndjson',
    renewal: undefined,
  } as const;
  const places = { store, registry: new MemoryRegistry(), client: new MemoryRedis().client };
  return endComplete(command, await kept.writeInput(list()), places);
}

test('an output of another list is the error, even if the input cannot be removed', async () => {
  writeFileSync(out, 'precious\n');
  await expect(end()).rejects.toMatchObject({ message: `--out: ${out} exists and is not empty.` });
});

test('an input that cannot be removed is an error', async () => {
  writeFileSync(out, '{"input":"contoso.com","outcome":"unknown"}\n');
  await expect(end()).rejects.toThrow('the input cannot be removed');
});
