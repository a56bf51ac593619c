import type { JsonObject } from '../../base/json';
import { type ArgumentSpec, commands } from '../../manifest/generated/commands';
import manifest from '../../manifest/generated/manifest.json';
import type { CommandName } from '../../manifest/generated/types';

/** Arguments of the tools that no command has. */
export const CURSOR = 'cursor';
export const DETAIL = 'detail';

const TYPES: Readonly<Record<ArgumentSpec['kind'], JsonObject>> = {
  text: { type: 'string' },
  list: { type: 'array', items: { type: 'string' } },
  count: { type: 'integer' },
  flag: { type: 'boolean' },
  choice: { type: 'string' },
};

/** Arguments of many tools, which the instructions of the server explain once: an agent reads every tool before its first call. */
const EXPLAINED: ReadonlySet<string> = new Set(['odata', 'limit']);

/** The name of a record's id shows its type. */
function isExplained(argument: string): boolean {
  return EXPLAINED.has(argument) || argument.endsWith('_id');
}

const LONGEST = 60;

/** Arguments that the schemas leave out: one is explained in the instructions, the other writes files for users. */
const LEFT_OUT: ReadonlySet<string> = new Set(['all_results', 'format']);

type DeclaredCommand = (typeof manifest.script.commands)[number];

const DECLARED = new Map(manifest.script.commands.map((command) => [command.name, command]));

/** Returns a command as `integration.yml` declares it. */
export function declaredCommand(name: CommandName): DeclaredCommand {
  return DECLARED.get(name) as DeclaredCommand;
}

/** The arguments of a command as JSON schema; `all_results` is explained once, and the command itself rejects unknown ones. */
export function inputSchema(name: CommandName, isPaged: boolean) {
  const specs = commands[name].arguments;
  const properties = declaredCommand(name)
    .arguments.filter(({ name: argument }) => !LEFT_OUT.has(argument))
    .map(({ name: argument, description }) => {
      const spec = specs[argument] as ArgumentSpec;
      const choices = spec.choices === undefined ? {} : { enum: [...spec.choices] };
      return [
        argument,
        {
          ...TYPES[spec.kind],
          ...choices,
          ...(isExplained(argument) ? {} : { description: firstSentences(description) }),
        },
      ] as const;
    });
  const ours = isPaged
    ? {
        [DETAIL]: { enum: ['full'] },
        [CURSOR]: { type: 'string' },
      }
    : {};
  const required = Object.entries(specs).flatMap(([argument, spec]) => (spec.required ? [argument] : []));
  return {
    type: 'object' as const,
    properties: { ...Object.fromEntries(properties), ...ours },
    ...(required.length === 0 ? {} : { required }),
  };
}

/** As many whole sentences as fit. */
export function firstSentences(text: string, longest = LONGEST): string {
  const line = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/MSGDefenderThreatIntel\.(\w+)\.id/g, 'the id of $1');
  let kept = '';
  for (const sentence of line.split(/(?<=\.) (?=[A-Z])/)) {
    if (kept !== '' && kept.length + sentence.length + 1 > longest) break;
    kept = kept === '' ? sentence : `${kept} ${sentence}`;
  }
  return kept;
}
