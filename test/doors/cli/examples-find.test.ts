import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import examples from '../../../src/doors/cli/generated/examples.json';
import { usage } from '../../../src/doors/cli/help';
import { VERBS } from '../../../src/doors/cli/verbs';
import { commandNamed } from '../../../src/manifest/short-names';
import { cli } from '../../support/run-cli';

const ROOT = join(__dirname, '../../..');

const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(join(ROOT, name), 'utf8'));

const LINES = new Set([
  ...PAGES.flatMap((page) => [...page.matchAll(/`(mdti [^`\n]+)`/g)].map(([, line = '']) => line)),
  ...usage(VERBS)
    .split('\n')
    .flatMap((line) => /mdti .*?(?=\s{2}|$)/.exec(line)?.[0] ?? []),
  ...[...Object.values(examples), ...Object.values(VERBS).map((verb) => verb.examples ?? [])]
    .flat()
    .map(([line]) => String(line)),
]);

/** Splits a line of an example as a shell does. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)]
    .slice(1)
    .map(([, one, two, three]) => one ?? two ?? three ?? '');
}

/** Lines that look something up; not those with a place for a value, a file or a pipe. */
const LOOKUPS = [...LINES].filter((line) => {
  const [name = ''] = wordsOf(line);
  const isCommand = commandNamed(name) !== undefined || name.startsWith('!');
  return isCommand && line.split(' ').length > 2 && !/…|\\?\||[@<>]|\b[A-Z]{4,}\b(?!-\d)/.test(line);
});

test('the help, the pages and the manifest have examples', () => {
  expect(LOOKUPS.length).toBeGreaterThan(40);
});

test.each(LOOKUPS)('%s finds something in the sandbox', async (line) => {
  const { status, stdout } = await cli([
    ...wordsOf(line).filter((word) => word !== '--sandbox'),
    '--sandbox',
  ]);
  const nothing = (/^(?:\[\]|null)?\s*$/.exec(stdout) ?? /^No .* found\.$/m.exec(stdout))?.[0];
  expect({ status, nothing }).toEqual({ status: 0 });
});
