import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installedSandbox } from '../support/in-path';

const ROOT = join(__dirname, '../..');

/** The pages for users, by their path. `docs/scale-out.md` needs a Redis server; its commands run in the server suites. */
const PAGES = new Map(
  [
    'README.md',
    ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
    'CONTRIBUTING.md',
    'SECURITY.md',
  ]
    .filter((file) => file.endsWith('.md'))
    .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const),
);

/** The commands of a page. Those that install and test the whole project run in `.ci/run`. */
function commandsOf(page: string): string[] {
  return [...(PAGES.get(page) ?? '').matchAll(/^```sh\n(.*?)\n```$/gms)]
    .map(([, command = '']) => command)
    .filter((command) => !command.startsWith('npm ci'));
}

const COMMANDS = [
  ...new Set([...PAGES.keys()].filter((page) => page !== 'docs/scale-out.md').flatMap(commandsOf)),
];

/** npm prints what it runs, and `mdti enrich` its progress. */
const WRITES_TO_STDERR = /^npm|mdti enrich/;

/** The shell complains about a language of its caller that this machine does not have. */
const NO_LOCALE = /^bash: warning: .* cannot change locale .*\n/gm;

const on = installedSandbox();

test.each(COMMANDS)(
  '%s',
  (command) => {
    const env = { ...process.env, ...on.mdti.env, MDTI_STATE_FILE: join(on.mdti.folder, 'state') };
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', command], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    const own = stderr.replace(NO_LOCALE, '');
    const unexpected = WRITES_TO_STDERR.test(command) ? '' : own;
    expect({ status, stderr: unexpected }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim()).not.toBe('');
  },
  30_000,
);

test('the README has commands to try, and fits in 200 lines', () => {
  expect(commandsOf('README.md').length).toBeGreaterThanOrEqual(6);
  expect((PAGES.get('README.md') ?? '').split('\n').length).toBeLessThanOrEqual(200);
});

test('the sample in the README is the start of the real output, with the cut marked', () => {
  const [, command = '', sample = ''] =
    /^```text\n\$ (.*)\n([^`]*)\n… \(cut here: [^`]*\n```$/m.exec(PAGES.get('README.md') ?? '') ?? [];
  const { stdout } = spawnSync('bash', ['--norc', '-c', command], {
    cwd: ROOT,
    env: { ...process.env, ...on.mdti.env, MDTI_STATE_FILE: join(on.mdti.folder, 'state') },
    encoding: 'utf8',
  });
  expect(sample).not.toBe('');
  expect(stdout.slice(0, sample.length)).toBe(sample);
});

test.each([...PAGES.keys()])('every link of %s points to a file and a heading that exist', (page) => {
  const links = [...(PAGES.get(page) ?? '').replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, link = '']) => link,
  );
  const broken = links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', heading] = link.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, file))) return true;
      return heading !== undefined && !headingsOf(readFileSync(join(ROOT, file), 'utf8')).includes(heading);
    });
  expect(broken).toEqual([]);
});

test('the index of the pages lists each of them', () => {
  const index = PAGES.get('docs/README.md') ?? '';
  const pages = [...PAGES.keys()].filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(pages.filter((page) => !index.includes(`(${page.slice(5)})`))).toEqual([]);
});

/** The headings as anchors. */
function headingsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[`:,.()]/g, '')
      .replaceAll(' ', '-'),
  );
}
