import { FOLLOW } from '../../commands/expansion/questions';
import { firstSentence } from '../../manifest/first-sentence';
import { commands } from '../../manifest/generated/commands';
import type { CommandName } from '../../manifest/generated/types';
import { shortName } from '../../manifest/short-names';
import { commandVerb } from './command-verb';
import { summaryOf } from './help';
import type { Flag, Runnable, Verb } from './verb';

/** A verb or command with its completions. */
interface Completed {
  readonly name: string;
  readonly help: string;
  readonly flags: readonly {
    readonly name: string;
    readonly short?: string;
    readonly flag: Flag;
    readonly choices: readonly string[];
  }[];
  /** Choices for the first word; files if there are no choices and the word is a file. */
  readonly words: readonly string[];
  readonly files: boolean;
}

/** Values of options that take a list, by command and option: they are checked value by value. */
const VALUES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  expand: { follow: [...Object.keys(FOLLOW), 'all'] },
};

type VerbTable = Readonly<Record<string, Verb>>;

/** `mdti completion SHELL`: a script with every verb, command, option and choice, so that Tab starts no process. */
export function completionScript(shell: string, verbs: VerbTable): string {
  const table = completed(verbs);
  return (SCRIPTS[shell] ?? bash)(table).trimEnd();
}

function completed(verbs: VerbTable): Completed[] {
  const names = Object.keys(commands) as CommandName[];
  const all: [string, Runnable, string][] = [
    ...Object.entries(verbs).map(([name, verb]): [string, Runnable, string] => [name, verb, verb.summary]),
    ...names.map((name): [string, Runnable, string] => [shortName(name), commandVerb(name), summaryOf(name)]),
  ];
  return all.map(([name, verb, help]) => {
    const word = verb.words?.[0];
    const values = VALUES[name] ?? {};
    return {
      name,
      help: firstSentence(help).replace(/\.$/, ''),
      flags: Object.entries(verb.flags ?? {}).map(([flagName, flag]) => ({
        name: flagName,
        ...(flag.short === undefined ? {} : { short: flag.short }),
        flag,
        choices: values[flagName] ?? flag.choices ?? [],
      })),
      words: name === 'help' ? all.map(([other]) => other) : (word?.choices ?? []),
      files: isFile(word?.name),
    };
  });
}

const SCRIPTS: Readonly<Record<string, (table: readonly Completed[]) => string>> = {
  bash,
  zsh,
  fish,
  powershell,
};

/** Whether a word or the value of an option, as the help shows it, is a path. */
function isFile(name: string | undefined): boolean {
  return name === 'FILE' || name === 'FOLDER';
}

function spellings({ name, short }: Completed['flags'][number]): string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}

function bash(table: readonly Completed[]): string {
  const verbs = table.map(({ name, flags, words, files }) => {
    const values = flags.filter(({ flag }) => flag.type !== 'boolean');
    const cases = values.map((option) => {
      const action = isFile(option.flag.value) ? 'compopt -o default' : `words="${option.choices.join(' ')}"`;
      return `        ${spellings(option).join('|')}) ${action}; value=1 ;;`;
    });
    const rest = files ? '; compopt -o default' : '';
    return [
      `    ${name})`,
      ...(cases.length === 0 ? [] : ['      case $prev in', ...cases, '      esac']),
      `      [[ -n $value ]] || { words="${[...words, ...flags.flatMap(spellings), '--help'].join(' ')}"${rest}; } ;;`,
    ].join('\n');
  });
  return `# bash completion for mdti
_mdti() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} verb= words= value= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == -* ]] || { verb=\${COMP_WORDS[i]}; break; }
  done
  case $verb in
    '') words="${table.map(({ name }) => name).join(' ')} --help --version" ;;
${verbs.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _mdti mdti
`;
}

function zsh(table: readonly Completed[]): string {
  const verbs = table.map(({ name, flags, words, files }) => {
    const options = flags.map((option) => {
      const { flag, choices } = option;
      const value =
        flag.type === 'boolean'
          ? ''
          : `:${flag.value}:${isFile(flag.value) ? '_files' : `(${choices.join(' ')})`}`;
      const names = spellings(option);
      const spelled = names.length === 1 ? `'${names[0]}` : `'(${names.join(' ')})'{${names.join(',')}}'`;
      return `${spelled}[${zshText(flag.help)}]${value}'`;
    });
    const rest = words.length > 0 ? [`'1:word:(${words.join(' ')})'`] : files ? ["'*:file:_files'"] : [];
    return `    ${name}) _arguments ${[...options, "'--help[show the help]'", ...rest].join(' ')} ;;`;
  });
  return `#compdef mdti
_mdti() {
  local -a verbs
  verbs=(
${table.map(({ name, help }) => `    '${name}:${zshText(help)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
${verbs.join('\n')}
  esac
}
compdef _mdti mdti
`;
}

/** Text inside single quotes and brackets of zsh's \`_arguments\`. */
function zshText(text: string): string {
  return text.replaceAll("'", '’').replace(/[[\]:\\]/g, '\\$&');
}

function fish(table: readonly Completed[]): string {
  const lines = table.flatMap(({ name, help, flags, words, files }) => [
    `complete -c mdti -n __fish_use_subcommand -a ${name} -d ${fishText(help)}`,
    ...flags.map(({ name: flagName, short, flag, choices }) => {
      const value = flag.type === 'boolean' ? '' : isFile(flag.value) ? ' -r -F' : ' -x';
      const list = choices.length === 0 ? '' : ` -a ${fishText(choices.join(' '))}`;
      const letter = short === undefined ? '' : ` -s ${short}`;
      return `complete -c mdti -n '__fish_seen_subcommand_from ${name}' -l ${flagName}${letter}${value}${list} -d ${fishText(flag.help)}`;
    }),
    ...(words.length === 0
      ? []
      : [`complete -c mdti -n '__fish_seen_subcommand_from ${name}' -a ${fishText(words.join(' '))}`]),
    ...(files ? [`complete -c mdti -n '__fish_seen_subcommand_from ${name}' -F`] : []),
  ]);
  return `# fish completion for mdti\ncomplete -c mdti -f\n${lines.join('\n')}\n`;
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function powershell(table: readonly Completed[]): string {
  const rows = table.map(({ name, flags, words }) => {
    const options = [...flags.flatMap(spellings), '--help'].map(powershellText).join(', ');
    const values = flags
      .filter(({ choices }) => choices.length > 0)
      .flatMap((option) =>
        spellings(option).map(
          (spelling) => `${powershellText(spelling)} = @(${option.choices.map(powershellText).join(', ')})`,
        ),
      );
    return `  ${powershellText(name)} = @{ words = @(${words.map(powershellText).join(', ')}); options = @(${options}); values = [hashtable]::new(@{ ${values.join('; ')} }, [StringComparer]::Ordinal) }`;
  });
  return `# PowerShell completion for mdti
$script:mdtiTable = @{
${rows.join('\n')}
}
Register-ArgumentCompleter -Native -CommandName mdti -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -and $typed.Count -gt 0) { $typed = @($typed | Select-Object -SkipLast 1) }
  $verb = $typed | Where-Object { $_ -notlike '-*' } | Select-Object -First 1
  $last = $typed | Select-Object -Last 1
  if (-not $verb) { $found = $script:mdtiTable.Keys | Sort-Object }
  else {
    $entry = $script:mdtiTable[$verb]
    if (-not $entry) { return }
    $found = if ($last -and $entry.values.ContainsKey($last)) { $entry.values[$last] } else { $entry.words + $entry.options }
  }
  $found | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}

function powershellText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
