import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WalkedFile } from '../../scripts/walk/main';
import { WALKS } from '../../scripts/walk/walks';

const ROOT = join(__dirname, '../..');

/** The most files that a part of a trace may have. */
const MOST = 12;

interface Listed {
  readonly file: string;
  readonly names: readonly string[];
}

let walked: Readonly<Record<string, readonly WalkedFile[]>>;
let page: string;

beforeAll(() => {
  page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const preload = ['--require', join(ROOT, 'scripts/walk/trace.cjs'), join(ROOT, 'scripts/walk/main.ts')];
  const input = JSON.stringify({
    command: 'msg-defender-threat-intel-host',
    args: { host_id: 'contoso.com' },
  });
  // A file, not a pipe: a pipe may have nothing to read yet, and is then read in another way.
  const folder = mkdtempSync(join(tmpdir(), 'mdti-walks-'));
  const document = join(folder, 'document.json');
  writeFileSync(document, input);
  const stdin = openSync(document, 'r');
  const stdio = [stdin, 'pipe', 'inherit'] as const;
  walked = JSON.parse(
    execFileSync(process.execPath, preload, { cwd: ROOT, stdio: [...stdio], encoding: 'utf8' }),
  );
  closeSync(stdin);
  rmSync(folder, { recursive: true });
});

/** The numbered items below a heading: the file, and the functions that the item names. */
function listed(title: string): Listed[] {
  const start = page.search(new RegExp(`^#+ (?:Trace: )?${title.replace(/\W/g, '\\$&')}$`, 'm'));
  const [, body = ''] = page.slice(start).split(/^#.*$/m);
  return [...body.matchAll(/^\d+\. `([\w/.-]+)\.[jt]s`(.*(?:\n {3}.*)*)/gm)].map(
    ([, file = '', text = '']) => ({
      file,
      names: [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    }),
  );
}

function source(file: string): string {
  const extension = file.includes('/generated/') ? 'js' : 'ts';
  return readFileSync(join(ROOT, `src/${file}.${extension}`), 'utf8');
}

describe.each(WALKS.map((walk) => [walk.titles.join(', '), walk] as const))('%s', (_, walk) => {
  test('lists every file whose functions receive the value, and no other', () => {
    const files = (walked[walk.titles.join()] ?? []).map(({ file }) => file);
    const named = [...walk.titles.flatMap(listed).map(({ file }) => file), ...(walk.beside ?? [])];
    expect(named.toSorted()).toEqual(files.toSorted());
  });

  test.each(walk.titles)(
    '%s: files are in the order in which they receive it, and at most twelve',
    (title) => {
      const files = (walked[walk.titles.join()] ?? []).map(({ file }) => file);
      const places = listed(title).map(({ file }) => files.indexOf(file));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(places.length).toBeGreaterThan(3);
      expect(places.length).toBeLessThanOrEqual(MOST);
    },
  );

  test('the functions that it names are in their files', () => {
    const missing = walk.titles
      .flatMap(listed)
      .flatMap(({ file, names }) =>
        names.filter((name) => !source(file).match(`\\b${name}\\b`)).map((name) => `${file} ${name}`),
      );
    expect(missing).toEqual([]);
  });
});
