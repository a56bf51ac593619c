import { VERSION } from '../../base/version';
import { commandsDescribed, commandsText, helpText } from './help';
import { jsonOrPart } from './plain-text';
import { QUERY_FLAG, type Verb, verb } from './verb';
import { ENGINE_VERBS } from './verbs/engines';
import { LIST_VERBS } from './verbs/lists';
import { PROGRAM_VERBS } from './verbs/programs';
import { SETUP_VERBS } from './verbs/setup';

/**
 * Everything that `mdti` does besides commands. A new verb is one entry in the table of its group and the file that its `run` imports;
 * help, completion, the manual page and the option parser follow from the entry.
 */
export const VERBS: Readonly<Record<string, Verb>> = {
  ...LIST_VERBS,
  ...PROGRAM_VERBS,
  ...ENGINE_VERBS,
  ...SETUP_VERBS,
  completion: verb({
    group: 'Setup',
    summary: 'print a completion script for bash, zsh, fish or PowerShell',
    words: [
      {
        name: 'bash | zsh | fish | powershell',
        choices: ['bash', 'zsh', 'fish', 'powershell'],
        required: true,
      },
    ],
    examples: [
      ['source <(mdti completion bash)', 'in ~/.bashrc; zsh: the same in ~/.zshrc, after compinit'],
      ['mdti completion fish > ~/.config/fish/completions/mdti.fish', 'fish'],
      ['mdti completion powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
    ],
    run: async ({ words: [shell = ''] }) => (await import('./completion')).completionScript(shell, VERBS),
  }),
  help: verb({
    group: 'Help',
    summary: 'this page, or the help of a verb or command',
    words: [{ name: 'NAME', help: 'a verb or command, or options: those of every command' }],
    examples: [['mdti help host-reputation', 'arguments, context paths and examples of a command']],
    run: ({ words: [name] }) => helpText(VERBS, name),
  }),
  version: verb({ group: 'Help', summary: 'print the version', run: () => VERSION }),
  commands: verb({
    group: 'Help',
    summary: 'list the commands of the integration',
    flags: {
      json: { type: 'boolean', help: 'names, arguments, examples and outputs as JSON' },
      ...QUERY_FLAG,
    },
    examples: [["mdti commands -q '[].shortName'", 'the short names, one per line']],
    run: async ({ options: { json: whole, query } }) =>
      whole || query !== undefined
        ? (await jsonOrPart(commandsDescribed(), query)).trimEnd()
        : commandsText(),
  }),
};
