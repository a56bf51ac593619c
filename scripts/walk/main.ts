import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrichVerb } from '../../src/doors/cli/enrich/enrich';
import { runProcess } from '../../src/doors/run/run-stdin';
import { startSandbox } from '../../src/sandbox';
import { WALKS, type Walk } from './walks';

/** A file that received the value, and its functions that did. */
export interface WalkedFile {
  readonly file: string;
  readonly names: readonly string[];
}

declare function startWalk(walk: Walk): () => WalkedFile[];

/** Runs a command from stdin and `mdti enrich` in a sandbox, and prints the files of each trace as JSON (`trace.cjs` is preloaded). */
async function main(): Promise<void> {
  const { write } = process.stdout;
  process.stdout.write = ((_: unknown, ...rest: unknown[]) => {
    const done = rest.find((one) => typeof one === 'function');
    if (typeof done === 'function') done();
    return true;
  }) as typeof write;
  const sandbox = await startSandbox({ world: join(__dirname, '../../test_data/world') });
  const overrides = { params: sandbox.params, ca: sandbox.ca };
  const folder = mkdtempSync(join(tmpdir(), 'mdti-walk-'));
  const list = join(folder, 'list.txt');
  writeFileSync(list, 'contoso.com\n192.0.2.1\n');
  const runs = {
    command: () => runProcess(overrides),
    enrich: () =>
      enrichVerb({
        words: [list],
        options: { quiet: true, output: 'csv', out: join(folder, 'rows.csv') },
        overrides,
      } as unknown as Parameters<typeof enrichVerb>[0]),
  };
  const walked: Record<string, WalkedFile[]> = {};
  for (const [name, run] of Object.entries(runs)) {
    const ends = WALKS.filter((walk) => walk.run === name).map(
      (walk) => [walk.titles.join(), startWalk(walk)] as const,
    );
    await run();
    for (const [title, end] of ends) walked[title] = end();
  }
  rmSync(folder, { recursive: true });
  await sandbox.close();
  process.stdout.write = write;
  process.stdout.write(JSON.stringify(walked));
}

void main();
