import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const SUPPORTED = ['20', '22', '24', '26'];

/** Fetches each supported Node from npm (the packages behind `node`) and runs the built tests with it. */
function matrix(versions: readonly string[]): void {
  const results = versions.map((version) => ({ version, status: testWith(version) }));
  for (const { version, status } of results)
    console.log(`Node ${version}: ${status === 0 ? 'passed' : `failed (${status})`}`);
  process.exitCode = results.some(({ status }) => status !== 0) ? 1 : 0;
}

function testWith(version: string): number {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(ROOT, 'node_modules', '.cache', 'node-matrix', version);
  const install = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `${name}@${version}`,
  ];
  if (run('npm', install) !== 0) return 1;
  const node = join(folder, 'node_modules', name, 'bin', 'node');
  run(node, ['--version']);
  return run(node, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--silent']);
}

function run(command: string, args: readonly string[]): number {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

const wanted = process.argv.slice(2);
matrix(wanted.length === 0 ? SUPPORTED : wanted);
