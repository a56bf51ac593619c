import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type StatePaths, statePaths } from '../../src/base/user-paths';
import { fileStore } from '../../src/state/file-store';

const INSIDE = [
  'lock-claimed',
  'file-opened',
  'half-written',
  'not-synced',
  'not-renamed',
  'renamed',
  'lock-kept',
];
const KILLS = Number(process.env.MDTI_KILLS ?? 80);

let writer: string;
let place: StatePaths;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-killed-'));
  writer = join(folder, 'writer.cjs');
  await build({
    entryPoints: [join(__dirname, '../state/writer.ts')],
    outfile: writer,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  place = statePaths({ MDTI_STATE_FILE: join(folder, 'state') });
});

/** Runs a writer until it is killed. @returns the last number that it said was kept. */
function killed(name: string, point: string): Promise<number> {
  return new Promise((ended, failed) => {
    const child = spawn(process.execPath, [writer, name, point], {
      env: { MDTI_STATE_FILE: place.file },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
    });
    child.on('close', (_, signal) => {
      const lines = said
        .trim()
        .split('\n')
        .filter((line) => line !== '');
      if (signal !== 'SIGKILL' || lines.some((line) => !/^\d+$/.test(line)))
        failed(new Error(`writer at ${point}: ${signal}, ${said}`));
      else ended(Number(lines.at(-1) ?? 0));
    });
  });
}

test(`${KILLS} kills of two processes at a time leave a valid state file without lost entries`, async () => {
  const complaints: string[] = [];
  const store = fileStore(place, { log: (_, event) => void complaints.push(event) });
  const points = Array.from({ length: KILLS }, (_, kill) =>
    kill % 3 < 2 ? (INSIDE[kill % INSIDE.length] ?? '') : 'anywhere',
  );
  expect(points.filter((point) => point !== 'anywhere').length).toBeGreaterThanOrEqual(KILLS / 2);
  const queue = points.entries();

  async function lane(name: string): Promise<void> {
    let kept = 0;
    for (const [, point] of queue) {
      kept = Math.max(kept, await killed(name, point));
      // A process that is killed after the rename has kept a number that it never said.
      const held = Number((await store.read())[name] ?? 0);
      expect([kept, kept + 1]).toContain(held);
      kept = held;
    }
  }
  await Promise.all([lane('first'), lane('second')]);

  expect(complaints).toEqual([]);
  await store.update((state) => ({ ...state, done: true }));
  expect(await store.read()).toMatchObject({ done: true });
  expect(readdirSync(`${place.file}.lock`)).toHaveLength(1);
});
