import { largest } from '../../base/largest';
import { firstSentence } from '../../manifest/first-sentence';
import type { ArgumentSpec } from '../../manifest/generated/commands';
import manifest from '../../manifest/generated/manifest.json';
import type { CommandName } from '../../manifest/generated/types';
import {
  aliasesOf,
  argumentsOf,
  commandNamed,
  mainArgument,
  optionOf,
  shortName,
} from '../../manifest/short-names';
import { OUTPUT_FLAGS } from './command-verb';
import examples from './generated/examples.json';
import { isGraphFormat, OUTPUT_FORMATS } from './output-formats';
import { unknownCommand } from './unknown-command';
import { type FlagTable, GROUPS, type Verb } from './verb';

interface Argument {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly isArray?: boolean;
  readonly defaultValue?: string;
  readonly predefined?: readonly string[];
}

interface CommandDescription {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly outputs?: readonly { readonly contextPath: string; readonly description: string }[];
}

const EXAMPLES = examples as unknown as Readonly<Record<CommandName, NonNullable<Verb['examples']>>>;

const COMMANDS: readonly CommandDescription[] = manifest.script.commands;

type VerbTable = Readonly<Record<string, Verb>>;

/** `mdti help`: examples of commands, then every verb in its group. */
export function usage(verbs: VerbTable): string {
  const grouped = GROUPS.map((group) => {
    const rows = Object.entries(verbs)
      .filter(([, verb]) => verb.group === group)
      .map(([name, verb]) => [`mdti ${[name, ...wordList(verb)].join(' ')}`, verb.summary] as const);
    return [group, group === 'Look up' ? [...LOOK_UP, ...rows] : rows] as const;
  }).filter(([, rows]) => rows.length > 0);
  const width = largest(grouped.flatMap(([, rows]) => rows.map(([left]) => left.length)));
  const sections = grouped.map(([group, rows]) =>
    [group, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)].join('\n'),
  );
  return [`mdti: ${manifest.display} at the command line`, ...sections, FOOT].join('\n\n');
}

const LOOK_UP = [
  ['mdti ip 192.0.2.1', 'rate IP addresses; domain and cve do the same for names and CVE IDs'],
  ['mdti reputation @list.txt', 'rate a list of names and addresses from a file; - reads stdin'],
  ['mdti host contoso.com', 'read hosts; host-whois, host-reputation, host-ports and more'],
  ['mdti articles --search phishing', 'search articles; profiles for actors and their tools'],
  ["mdti '!host host_id=contoso.com'", 'the same command in Cortex XSOAR syntax, to paste from a War Room'],
] as const;

const FOOT = `\`mdti NAME --help\` shows the options and examples of a verb or command, \`mdti commands\` lists all commands.
Try it without a login: mdti host contoso.com --sandbox`;

/** `mdti commands`: short name and first sentence of each, by what the commands are about. */
export function commandsText(): string {
  const rows = COMMANDS.map(({ name, description }) => {
    const command = shortName(name as CommandName);
    const text = `${firstSentence(description)}${alsoNamed(name as CommandName)}`;
    return { command, text, subject: subjectOf(command) };
  });
  const width = largest(rows.map(({ command }) => command.length));
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  return subjects
    .map((subject) => {
      const lines = rows
        .filter((row) => row.subject === subject)
        .map(({ command, text }) => `  ${command.padEnd(width)}  ${text}`);
      return [subject, ...lines].join('\n');
    })
    .join('\n\n');
}

function alsoNamed(command: CommandName): string {
  const aliases = aliasesOf(command);
  return aliases.length === 0 ? '' : ` (also: ${aliases.join(', ')})`;
}

/** Subjects by the start of a short name; the rest rates indicators. */
const SUBJECTS: readonly (readonly [string, string])[] = [
  ['auth-', 'Sign-in'],
  ['article', 'Articles'],
  ['profile', 'Actors and tools'],
  ['host', 'Hosts'],
  ['ssl-certificate', 'Certificates'],
  ['vulnerability', 'Vulnerabilities'],
  ['whois', 'WHOIS'],
  ['expand', 'Graph'],
];

function subjectOf(name: string): string {
  return SUBJECTS.find(([start]) => name.startsWith(start))?.[1] ?? 'Verdicts';
}

/** `mdti commands --json`: what a program needs to call each command. */
export function commandsDescribed() {
  return COMMANDS.map(({ name, description, arguments: args, outputs = [] }) => {
    const command = name as CommandName;
    return {
      name,
      shortName: shortName(command),
      description,
      mainArgument: mainArgument(command) ?? null,
      arguments: args.map((argument) => ({
        name: argument.name,
        option: `--${optionOf(argument.name)}`,
        description: argument.description,
        kind: specOf(command, argument.name).kind,
        required: argument.required === true,
        default: argument.defaultValue ?? null,
        choices: argument.predefined ?? null,
      })),
      examples: examplesOf(command).map(([line, does]) => ({ line, does })),
      outputs: outputs.map(({ contextPath, description: text }) => ({ contextPath, description: text })),
    };
  });
}

/**
 * `mdti help [NAME]`.
 * @throws PluginError COMMAND_UNKNOWN for a name that is neither a verb nor a command.
 */
export function helpText(verbs: VerbTable, name: string | undefined): string {
  if (name === undefined) return usage(verbs);
  if (name === 'options') return optionsHelp();
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  return verb === undefined ? commandHelp(name, Object.keys(verbs)) : verbHelp(name, verb);
}

export function usageLine(name: string, verb: Verb): string {
  const hasFlags = Object.keys(verb.flags ?? {}).length > 0;
  return `mdti ${[name, ...wordList(verb), ...(hasFlags ? ['[options]'] : [])].join(' ')}`;
}

export function commandDescription(command: CommandName): CommandDescription {
  return COMMANDS.find(({ name }) => name === command) as CommandDescription;
}

/** The description of a command in the manifest. */
export function summaryOf(command: CommandName): string {
  return commandDescription(command).description;
}

export function verbHelp(name: string, verb: Verb): string {
  const words = verb.words?.flatMap(({ name: word, help }) =>
    help === undefined ? [] : [[word, help] as const],
  );
  return sections([
    [usageLine(name, verb), `${verb.summary.charAt(0).toUpperCase()}${verb.summary.slice(1)}.`],
    verb.details?.split('\n') ?? [],
    columns(words ?? []),
    titled('Options', columns(flagRows(verb.flags ?? {}))),
    exampleLines(verb.examples ?? []),
  ]);
}

/** @throws PluginError COMMAND_UNKNOWN for a name that the manifest does not contain. */
export function commandHelp(name: string, verbs: readonly string[]): string {
  const found = commandNamed(name);
  if (found === undefined) throw unknownCommand(name, verbs);
  const command = commandDescription(found);
  const main = mainArgument(found);
  const positional = main === undefined ? [] : [positionalOf(found, main)];
  const outputs = command.outputs ?? [];
  return sections([
    [
      `mdti ${[shortName(found), ...positional, ...(command.arguments.length > 0 ? ['[options]'] : [])].join(' ')}`,
      command.description,
    ],
    [`On the platform: !${command.name}`],
    titled(
      'Arguments',
      command.arguments.length === 0 ? ['  none'] : command.arguments.flatMap(argumentLines),
    ),
    titled('Options', columns(optionRows(found))),
    exampleLines(examplesOf(found)),
    titled(
      'Context',
      outputs.map(({ contextPath, description }) => `  ${contextPath}  ${description}`),
    ),
  ]);
}

/** Options of every command that the help of each lists; `mdti help options` explains all of them. */
const LISTED = ['query', 'show-request', 'sandbox', 'profile', 'quiet', 'verbose'];

function optionRows(command: CommandName): [string, string][] {
  const graphs = shortName(command) === 'expand';
  const formats = OUTPUT_FORMATS.filter((format) => graphs || !isGraphFormat(format));
  const listed = Object.entries(OUTPUT_FLAGS).filter(([name]) => LISTED.includes(name));
  const rows = flagRows(Object.fromEntries(listed));
  return [['-o, --output FORMAT', formats.join(', ')], ...rows, ['', '`mdti help options` explains them']];
}

/** `mdti help options`: the options of every command. */
function optionsHelp(): string {
  return sections([
    ['Options of every command, such as `mdti host contoso.com -o csv`'],
    columns(flagRows(OUTPUT_FLAGS)),
  ]);
}

/** Command lines from the command's test cases, which run unchanged in a sandbox. */
export function examplesOf(command: CommandName): NonNullable<Verb['examples']> {
  return EXAMPLES[command];
}

function specOf(command: CommandName, argument: string): ArgumentSpec {
  return argumentsOf(command)[argument] as ArgumentSpec;
}

function positionalOf(command: CommandName, argument: string): string {
  const { kind, required } = specOf(command, argument);
  const name = `${argument.toUpperCase()}${kind === 'list' ? '…' : ''}`;
  return required ? name : `[${name}]`;
}

export function flagRows(flags: FlagTable): [string, string][] {
  return Object.entries(flags).map(([name, flag]) => {
    const short = flag.short === undefined ? '' : `-${flag.short}, `;
    const value = flag.type === 'boolean' ? '' : ` ${flag.value}`;
    return [`${short}--${name}${value}`, flag.help];
  });
}

function exampleLines(examples: NonNullable<Verb['examples']>): string[] {
  return titled(
    'Examples',
    examples.flatMap(([line, does]) => [`  ${line}`, `      ${does}`]),
  );
}

export function argumentLines(argument: Argument): string[] {
  const marks = [
    ...(argument.required ? ['required'] : []),
    ...(argument.isArray ? ['list'] : []),
    ...(argument.predefined ? [argument.predefined.join(' | ')] : []),
    ...(argument.defaultValue === undefined ? [] : [`default ${argument.defaultValue}`]),
  ];
  return [
    `  ${argument.name}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`,
    `      ${argument.description}`,
  ];
}

function wordList(verb: Verb): string[] {
  return (verb.words ?? []).map(({ name, required, many }) => {
    const word = many ? `${name}…` : name;
    return required ? word : `[${word}]`;
  });
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

export function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

export function sections(parts: readonly (readonly string[])[]): string {
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}
