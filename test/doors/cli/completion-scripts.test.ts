import { completionScript } from '../../../src/doors/cli/completion';
import { verb } from '../../../src/doors/cli/verb';

/** One of each: a file as a word and as a value, choices as words and as values, a switch, a number, an option without choices. */
const VERBS = {
  load: verb({
    group: 'Setup',
    summary: "load a file's [rows] of v1.2. It may take long",
    words: [{ name: 'FILE' }],
    flags: {
      from: { value: 'FOLDER', short: 'f', help: "the file's [path]: C:\\rows" },
      kind: { value: 'KIND', choices: ['a', 'b'], short: 'k', help: 'one of two' },
      many: { type: 'boolean', help: 'more' },
      rows: { type: 'number', value: 'N', help: 'how many' },
      note: { value: 'TEXT', help: 'a note' },
    },
    run: () => 0,
  }),
  state: verb({
    group: 'Setup',
    summary: 'switch it.',
    words: [{ name: 'on | off', choices: ['on', 'off'] }],
    run: () => 0,
  }),
};

test.each([
  [
    'bash',
    `    load)
      case $prev in
        --from|-f) compopt -o default; value=1 ;;
        --kind|-k) words="a b"; value=1 ;;
        --rows) words=""; value=1 ;;
        --note) words=""; value=1 ;;
      esac
      [[ -n $value ]] || { words="--from -f --kind -k --many --rows --note --help"; compopt -o default; } ;;
    state)
      [[ -n $value ]] || { words="on off --help"; } ;;
    auth-start)
`,
  ],
  ['bash', `    '') words="load state auth-start auth-complete `],
  ['bash', ' cve --help --version" ;;\n    load)\n'],
  [
    'zsh',
    `    'load:load a file’s [rows] of v1.2'
    'state:switch it'
    'auth-start:`,
  ],
  [
    'zsh',
    `    load) _arguments '(--from -f)'{--from,-f}'[the file’s \\[path\\]\\: C\\:\\\\rows]:FOLDER:_files' '(--kind -k)'{--kind,-k}'[one of two]:KIND:(a b)' '--many[more]' '--rows[how many]:N:()' '--note[a note]:TEXT:()' '--help[show the help]' '*:file:_files' ;;
    state) _arguments '--help[show the help]' '1:word:(on off)' ;;
    auth-start) _arguments '(--output -o)'`,
  ],
  [
    'fish',
    `complete -c mdti -f
complete -c mdti -n __fish_use_subcommand -a load -d 'load a file\\'s [rows] of v1.2'
complete -c mdti -n '__fish_seen_subcommand_from load' -l from -s f -r -F -d 'the file\\'s [path]: C:\\\\rows'
complete -c mdti -n '__fish_seen_subcommand_from load' -l kind -s k -x -a 'a b' -d 'one of two'
complete -c mdti -n '__fish_seen_subcommand_from load' -l many -d 'more'
complete -c mdti -n '__fish_seen_subcommand_from load' -l rows -x -d 'how many'
complete -c mdti -n '__fish_seen_subcommand_from load' -l note -x -d 'a note'
complete -c mdti -n '__fish_seen_subcommand_from load' -F
complete -c mdti -n __fish_use_subcommand -a state -d 'switch it'
complete -c mdti -n '__fish_seen_subcommand_from state' -a 'on off'
complete -c mdti -n __fish_use_subcommand -a auth-start -d '`,
  ],
  [
    'powershell',
    `$script:mdtiTable = @{
  'load' = @{ words = @(); options = @('--from', '-f', '--kind', '-k', '--many', '--rows', '--note', '--help'); values = [hashtable]::new(@{ '--kind' = @('a', 'b'); '-k' = @('a', 'b') }, [StringComparer]::Ordinal) }
  'state' = @{ words = @('on', 'off'); options = @('--help'); values = [hashtable]::new(@{  }, [StringComparer]::Ordinal) }
  'auth-start' = @{ words = @(); options = @('--output', '-o', `,
  ],
  ['bash', '\n  COMPREPLY=($(compgen -W "$words" -- "$cur"))\n}\ncomplete -F _mdti mdti'],
  ['zsh', "    _describe 'command' verbs\n    return\n  fi\n"],
])('%s completes every kind of word and option: %j', (shell, part) => {
  expect(completionScript(shell, VERBS)).toContain(
    part.replace('[rows]', shell === 'zsh' ? '\\[rows\\]' : '[rows]'),
  );
});

/** What the script for fish has of one command: it names each option with its value and its help. */
function fishLines(command: string): string[] {
  const start = `complete -c mdti -n '__fish_seen_subcommand_from ${command}' `;
  const lines = completionScript('fish', VERBS).split('\n');
  return lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
}

test.each([
  ['host-pairs', "-l host-id -x -d 'A host name or IP address; defanged forms and URLs are accepted.'"],
  ['host-pairs', "-l direction -x -a 'both parent child' -d 'parent for the pairs with its parents"],
  ['host-pairs', "-l limit -x -d 'Maximum number of records to read"],
  ['host-pairs', "-l all-results -d 'Whether to read every record"],
  ['host-pairs', "-l params -r -F -d 'parameters from a JSON file"],
  ['expand', "-l hops -x -a '1 2 3' -d 'Number of steps"],
  // Its values are a list, which the command checks one by one.
  [
    'expand',
    "-l follow -x -a 'resolutions subdomains certificates pairs trackers cookies components name_servers articles indicators all' -d 'Relations to follow",
  ],
])('an option of %s has the description and the choices of its argument: %s', (command, line) => {
  expect(fishLines(command).filter((one) => one.startsWith(line))).toHaveLength(1);
});

test.each([
  ['profile-indicators', false],
  ['load', true],
])('%s takes a file as its word: %s', (command, takes) => {
  expect(fishLines(command).includes('-F')).toBe(takes);
});

test('zsh offers no words where a command takes none', () => {
  expect(completionScript('zsh', VERBS)).toMatch(
    /^ {4}auth-start\) _arguments .*'--help\[show the help\]' ;;$/m,
  );
});

test.each([
  ['host-pairs', '--host-id', 'TEXT'],
  ['host-pairs', '--direction', 'CHOICE'],
  ['host-pairs', '--limit', 'N'],
])('zsh shows for mdti %s %s what its value is: %s', (command, option, value) => {
  const script = completionScript('zsh', VERBS);
  const line = script.split('\n').find((one) => one.startsWith(`    ${command}) `)) ?? '';
  expect(line).toMatch(new RegExp(`'${option}\\[[^']*(?<!\\\\)\\]:${value}:\\(`));
});

test('help completes the names of verbs and commands', () => {
  const help = { help: verb({ group: 'Help', summary: 'this page', run: () => 0 }) };
  expect(completionScript('fish', help)).toMatch(
    /from help' -a 'help auth-start .*\bhost-pairs\b.*\bexpand\b/,
  );
});

test.each(['bash', 'zsh', 'fish', 'powershell'])(
  'the script for %s starts with a comment and ends without a line feed',
  (shell) => {
    expect(completionScript(shell, VERBS)).toMatch(/^#.*[^\n]$/s);
  },
);
