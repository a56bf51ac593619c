import { didYouMean } from '../../base/did-you-mean';
import { PluginError } from '../../base/errors';
import manifest from '../../manifest/generated/manifest.json';

interface Argument {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly isArray?: boolean;
  readonly defaultValue?: string;
  readonly predefined?: readonly string[];
}

interface Output {
  readonly contextPath: string;
  readonly description: string;
}

interface Command {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly outputs?: readonly Output[];
}

const COMMANDS: readonly Command[] = manifest.script.commands;

export function usage(): string {
  return `mdti: ${manifest.display} for playbooks, scripts and people

  mdti '!COMMAND name=value …'   run one command and show its table
  mdti run                       one JSON document in on stdin, one out on stdout
  mdti serve                     a document a line in, an answer a line out, many at once
  mdti war-room [NAME]           a console on an investigation, which is kept under that name
  mdti mcp                       the commands as tools for AI agents (Model Context Protocol, stdio)
  mdti xsoar-loop                the container protocol of Cortex XSOAR
  mdti enrich FILE               ask about every observable in a file (mdti enrich --help)
  mdti commands                  the commands, a line each
  mdti help COMMAND              a command's arguments and context paths
  mdti config init | check       begin a configuration file, or see what would be used
  mdti doctor                    the way in step by step: parameters, network, token, one call
  mdti sandbox                   serve a Graph and a login service to try things on

  -o FORMAT       table (as it is), json, ndjson, csv, or context: the outputs as a playbook finds them
  --profile NAME  parameters from a profile of the configuration file (default)
  --params FILE   parameters from a JSON file instead; MDTI_<PARAMETER> in the environment stands above either
  --param N=V     one parameter, above all of them; not for secrets
  --sandbox       run against a sandbox started for this command
  --version, --help

Try: mdti '!msg-defender-threat-intel-host host_id=contoso.com' --sandbox`;
}

export function commandList(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return COMMANDS.map(({ name, description }) => `${name.padEnd(width)}  ${firstSentence(description)}`).join(
    '\n',
  );
}

/** @throws PluginError COMMAND_UNKNOWN for a name that the manifest does not hold. */
export function commandHelp(name: string): string {
  const wanted = name.replace(/^!/, '');
  const command = COMMANDS.find(
    (candidate) => candidate.name === wanted || candidate.name === `msg-defender-threat-intel-${wanted}`,
  );
  if (command === undefined) throw unknown(wanted);
  const outputs = command.outputs ?? [];
  return [
    `!${command.name}`,
    `  ${command.description}`,
    '',
    'Arguments',
    ...(command.arguments.length === 0 ? ['  none'] : command.arguments.flatMap(argumentLines)),
    ...(outputs.length === 0
      ? []
      : [
          '',
          'Context',
          ...outputs.map(({ contextPath, description }) => `  ${contextPath}  ${description}`),
        ]),
  ].join('\n');
}

function argumentLines(argument: Argument): string[] {
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

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
}

function unknown(name: string): PluginError {
  const meant = didYouMean(
    name,
    COMMANDS.flatMap((command) => [command.name, command.name.replace('msg-defender-threat-intel-', '')]),
  );
  return new PluginError('COMMAND_UNKNOWN', `There is no command ${JSON.stringify(name)}.`, {
    hint:
      meant === undefined
        ? 'mdti commands lists them.'
        : `Did you mean ${meant}? mdti commands lists them all.`,
  });
}
