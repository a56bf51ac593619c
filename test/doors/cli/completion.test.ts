import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completionScript } from '../../../src/doors/cli/completion';
import { manualPage } from '../../../src/doors/cli/manual';
import { VERBS } from '../../../src/doors/cli/verbs';
import { commands } from '../../../src/manifest/generated/commands';
import type { CommandName } from '../../../src/manifest/generated/types';
import { shortName } from '../../../src/manifest/short-names';

const NAMES = [...Object.keys(VERBS), ...(Object.keys(commands) as CommandName[]).map(shortName)];

const folder = mkdtempSync(join(tmpdir(), 'mdti-completion-'));

function scriptFile(shell: string): string {
  const file = join(folder, `mdti.${shell}`);
  writeFileSync(file, completionScript(shell, VERBS));
  return file;
}

/** Fails where the shell is missing: `.ci/run` installs what the suite needs. */
function shell(name: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(name, args, {
    encoding: 'utf8',
    // A shell warns about a locale that the machine lacks.
    env: { ...process.env, LANG: 'C', LC_ALL: 'C' },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout;
}

test('bash completes commands, options, choices and files', () => {
  const cases = [
    ['art'],
    ['host-pairs', '--direction', ''],
    ['enrich', '-o', 's'],
    ['config', ''],
    ['articles', '--al'],
    ['help', 'host-p'],
    ['expand', '--follow', 'n'],
  ];
  const lines = cases.map(
    (words) =>
      `COMP_WORDS=(mdti ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _mdti; echo "\${COMPREPLY[*]}"`,
  );
  const script = `source ${scriptFile('bash')}; compopt() { :; }; ${lines.join('; ')}`;
  expect(shell('bash', '--norc', '-c', script).trimEnd().split('\n')).toEqual([
    'articles article-indicators article-summary',
    'both parent child',
    'stix',
    expect.stringMatching(/^init check /),
    '--all-results',
    'host-pairs host-ports host-passive-dns',
    'name_servers',
  ]);
});

test.each(['zsh', 'fish', 'powershell'])('%s: every verb and command is in the script', (name) => {
  const script = completionScript(name, VERBS);
  expect(NAMES.filter((verb) => !script.includes(verb))).toEqual([]);
});

/** A script without its strings and comments, each string as `''`; a quote that is not closed stays. */
function skeleton(script: string): string {
  return script.replace(/'(?:[^'\n]|'')*'|"[^"\n]*"|#.*/g, (text) => (text.startsWith('#') ? '' : "''"));
}

test('powershell: every string is closed, and every bracket by its own kind', () => {
  const code = skeleton(completionScript('powershell', VERBS));
  const closers: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };
  const open: string[] = [];
  for (const character of code.match(/[(){}[\]]/g) ?? []) {
    const closer = closers[character];
    if (closer !== undefined) open.push(closer);
    else expect(character).toBe(open.pop());
  }
  expect([open, code.replaceAll("''", '').match(/['"]/g)]).toEqual([[], null]);
  // A table is one expression: its lists have commas between the strings and its entries are on lines or behind semicolons.
  expect(code).not.toMatch(/'' ''|,\s*\)|;\s*;/);
});

test('a quote in a help text does not end a string of any script', () => {
  const verbs = { odd: { group: 'Help' as const, summary: `it's "odd" [x]: \\`, run: () => 0 } };
  expect(completionScript('fish', verbs)).toContain(`-d 'it\\'s "odd" [x]: \\\\'`);
  expect(completionScript('zsh', verbs)).toContain(`'odd:it’s "odd" \\[x\\]\\: \\\\'`);
});

test('the manual page has every verb, command and option', () => {
  const page = manualPage(VERBS).replaceAll('\\-', '-');
  expect(NAMES.filter((verb) => !page.includes(verb))).toEqual([]);
  expect(page).toContain('--show-request');
  expect(page.split('\n').filter((line) => /^'/.test(line))).toEqual([]);
});
