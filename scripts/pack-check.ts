import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, emptyProjectWith } from './pack/consumer';
import { serveSandbox } from './pack/sandbox';

const ROOT = join(__dirname, '..');
const EXAMPLES = ['library.mts', 'library.cts'].map((name) => join(ROOT, 'examples', name));

/**
 * What a program sees that installs the package: linted, its types resolved in every way that there is, and both examples
 * compiled and run against a sandbox. `npm run pack:check -- 22 24` runs them on those majors of Node as well.
 */
async function main(majors: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  npm('pack', '--silent', '--pack-destination', folder);
  const tarball = join(folder, readdirSync(folder)[0] ?? '');
  tool('publint', 'run', '--strict', tarball);
  tool('attw', tarball);
  const project = emptyProjectWith(tarball);
  const programs = compile(ROOT, project, EXAMPLES);
  const sandbox = await serveSandbox(project);
  const { graph_endpoint } = JSON.parse(readFileSync(sandbox.params, 'utf8')) as { graph_endpoint: string };
  const env = {
    ...process.env,
    NODE_EXTRA_CA_CERTS: sandbox.ca,
    MDTI_ALLOW_ENDPOINTS: graph_endpoint,
  };
  try {
    for (const node of [[process.execPath], ...majors.map(fromRegistry)])
      for (const program of programs) run([...node, program, sandbox.params], env);
  } finally {
    await sandbox.stop();
  }
  for (const made of [folder, project]) rmSync(made, { recursive: true });
}

function npm(...args: string[]): void {
  execFileSync('npm', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

function tool(name: string, ...args: string[]): void {
  run([join(ROOT, 'node_modules/.bin', name), ...args], process.env);
}

/** The npm package `node` carries the program of every version. */
function fromRegistry(major: string): string[] {
  return ['npm', 'exec', '--yes', `--package=node@${major}`, '--', 'node'];
}

function run([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): void {
  execFileSync(program, args, { cwd: tmpdir(), env, stdio: 'inherit' });
}

void main(process.argv.slice(2));
