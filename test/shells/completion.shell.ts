import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MDTI } from '../support/mdti';
import { Terminal } from '../support/terminal';

const folder = mkdtempSync(join(tmpdir(), 'mdti-shells-'));
writeFileSync(join(folder, 'rows.csv'), '');
const ENV = { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8' };

/** The file of the script that the built command prints for a shell. */
function scriptOf(shell: string): string {
  const { stdout, status } = spawnSync(process.execPath, [MDTI, 'completion', shell], { encoding: 'utf8' });
  expect(status).toBe(0);
  const file = join(folder, `mdti.${shell}`);
  writeFileSync(file, stdout);
  return file;
}

/** A command line, and what Tab offers at its end. */
const CASES: readonly (readonly [line: string, offers: readonly string[]])[] = [
  ['mdti host-pairs --direction ', ['both', 'child', 'parent']],
  ['mdti enrich -o s', ['stix']],
  ['mdti config ', ['check', 'init']],
  ['mdti articles --al', ['--all-results']],
  ['mdti help host-pa', ['host-pairs', 'host-passive-dns']],
  ['mdti enrich rows', ['rows.csv']],
];

test.each(CASES)('fish completes %j', (line, offers) => {
  const script = `source ${scriptOf('fish')}; cd ${folder}; complete -C '${line}'`;
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', env: ENV });
  const words = stdout.split('\n').flatMap((shown) => shown.split('\t')[0] || []);
  expect({ words: words.sort(), stderr }).toEqual({ words: offers, stderr: '' });
});

test.each(CASES)('zsh completes %j', async (line, offers) => {
  const file = scriptOf('zsh');
  const zsh = new Terminal(['zsh', '-f', '-i'], ENV);
  // A prompt that is found on the screen.
  zsh.type(`PS1='ready> '; cd ${folder}; autoload -U compinit; compinit -u -D; source ${file}; clear\r`);
  await zsh.shows('ready> ');
  await zsh.shows('clear');
  await zsh.shows('ready> ');
  zsh.type(`${line}\t`);
  for (const offer of offers) await zsh.shows(offer);
  zsh.end();
});
