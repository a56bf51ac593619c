import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrichVerb } from '../../src/doors/cli/enrich/enrich';
import { runProcess } from '../../src/doors/run/run-stdin';
import { startSandbox } from '../../src/sandbox';

declare function startWalk(marker: string, from: string | undefined, until: string | undefined): void;
declare function endWalk(): { file: string; names: string[] }[];

const walks: Record<string, unknown> = {};

async function main(): Promise<void> {
  const sandbox = await startSandbox({ world: join(process.cwd(), 'test_data/world') });
  const overrides = { params: sandbox.params, ca: sandbox.ca };
  const write = process.stdout.write;
  const silent = async (work: () => Promise<unknown>) => {
    process.stdout.write = ((...[, one, two]: unknown[]) => {
      const done = typeof one === 'function' ? one : two;
      if (typeof done === 'function') done();
      return true;
    }) as typeof write;
    await work();
    process.stdout.write = write;
  };
  const folder = mkdtempSync(join(tmpdir(), 'mdti-walk-'));
  const list = join(folder, 'list.txt');
  writeFileSync(list, 'contoso.com\n192.0.2.1\n');
  const step = process.argv[2] ?? '';
  const enrich = async (output: string) => {
    const options = { quiet: true, output, out: join(folder, `rows.${output}`) } as never;
    await enrichVerb({ words: [list], options, overrides } as never);
  };
  startWalk(...(JSON.parse(process.argv[3] ?? '[]') as [string, string, string]));
  await silent(() => (step === 'run' ? runProcess(overrides) : enrich('csv')));
  walks[step] = endWalk();
  rmSync(folder, { recursive: true });
  await sandbox.close();
  for (const { file, names } of walks[step] as { file: string; names: string[] }[])
    console.log(file, `[${names.join(', ')}]`);
  process.exit(0);
}

void main();
