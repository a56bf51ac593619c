import type { ArgumentSpec } from '../../manifest/generated/commands';
import manifest from '../../manifest/generated/manifest.json';
import type { CommandName } from '../../manifest/generated/types';
import { argumentsOf, mainArgument, optionOf, shortName } from '../../manifest/short-names';
import { OUTPUT_FORMATS } from './output-formats';
import { type Flag, type FlagTable, INSTANCE_FLAGS, type Runnable, runnable, type VerbCall } from './verb';

/** Options of every command, in the natural form and in the platform's. */
export const OUTPUT_FLAGS = {
  output: {
    short: 'o',
    value: 'FORMAT',
    choices: OUTPUT_FORMATS,
    help: 'table (default), json, yaml: Graph’s own objects; ndjson, csv: a row each; context: the outputs of a playbook; json-graph, graphml, dot, mermaid, stix: the graph of expand',
  },
  query: {
    short: 'q',
    value: 'JMESPATH',
    help: 'print only this part of the result, such as `[].id`; combines with -o',
  },
  'show-request': { type: 'boolean', help: 'print the requests of the command instead of sending them' },
  ...INSTANCE_FLAGS,
} as const satisfies FlagTable;

/** `mdti '!COMMAND name=value …'`: a line as the platform accepts it. */
export const LINE_VERB = runnable({
  words: [{ name: '!COMMAND', many: true }],
  flags: OUTPUT_FLAGS,
  run: async (call) => {
    const { runLine } = await import('./run-command');
    return runLine(call.words.join(' '), call);
  },
});

/** `mdti host contoso.com --limit 5`: a command in its natural form, with an option for each argument. */
export function commandVerb(command: CommandName, typed: string = command): Runnable {
  const main = mainArgument(command, typed);
  return runnable({
    ...(main === undefined ? {} : { words: [{ name: main, many: true }] }),
    wordsHint: `Run \`mdti help ${shortName(command)}\` for its arguments.`,
    flags: { ...argumentFlags(command), ...OUTPUT_FLAGS } as typeof OUTPUT_FLAGS,
    run: async (call: VerbCall<typeof OUTPUT_FLAGS>) => {
      const { runCommand } = await import('./run-command');
      return runCommand(command, { main, words: call.words }, call);
    },
  });
}

const DESCRIBED: readonly {
  readonly name: string;
  readonly arguments: readonly { readonly name: string; readonly description: string }[];
}[] = manifest.script.commands;

function argumentFlags(command: CommandName): FlagTable {
  const specs = argumentsOf(command);
  return Object.fromEntries(
    DESCRIBED.filter(({ name }) => name === command)
      .flatMap(({ arguments: described }) => described)
      .map(({ name, description }) => [optionOf(name), argumentFlag(description, specs[name])]),
  );
}

/** Values are checked where every door's are, in the manifest; a choice also here, since the nearest one can be named. */
function argumentFlag(help: string, { kind, choices }: Partial<ArgumentSpec> = {}): Flag {
  if (kind === 'flag') return { type: 'boolean', help };
  const value = kind === 'count' ? 'N' : kind === 'choice' ? 'CHOICE' : 'TEXT';
  return {
    value,
    help,
    ...(kind === 'list' ? { many: true as const } : {}),
    ...(choices === undefined ? {} : { choices }),
  };
}
