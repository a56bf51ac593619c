import { type ArgumentSpec, commands } from './generated/commands';
import type { CommandName } from './generated/types';

const PREFIX = 'msg-defender-threat-intel-';
const NAMES = Object.keys(commands) as CommandName[];

/** Returns the name that users type: `articles` for the platform’s `…-article-list`, `host-ports` for `…-host-ports-list`. */
export function shortName(command: CommandName): string {
  const name = command.replace(PREFIX, '');
  const things = name.replace(/-list$/, '');
  return things === name || things.endsWith('s') ? things : `${things}s`;
}

/** The platform's name first, then shorter names; `ports` is short for `host-ports` unless another command has that name. */
function namesOf(command: CommandName): string[] {
  const short = shortName(command);
  return [command, command.replace(PREFIX, ''), short, short.replace(/^host-/, '')];
}

/** Other words that users try, for the short name that they mean. */
const SYNONYMS: Readonly<Record<string, string>> = {
  article: 'articles',
  search: 'articles',
  profile: 'profiles',
  actor: 'profiles',
  actors: 'profiles',
  dns: 'host-passive-dns',
  resolutions: 'host-passive-dns',
  certificates: 'host-ssl-certificates',
  certs: 'host-ssl-certificates',
  vuln: 'vulnerability',
  domains: 'domain',
  ips: 'ip',
  hosts: 'host',
};

let byName: ReadonlyMap<string, CommandName> | undefined;

/** Returns the command for a full or short name, with or without `!`; undefined if there is none. */
export function commandNamed(name: string): CommandName | undefined {
  if (byName === undefined) {
    const names = new Map<string, CommandName>();
    for (const place of [0, 1, 2, 3])
      for (const command of NAMES) {
        const candidate = namesOf(command)[place] ?? '';
        if (!names.has(candidate)) names.set(candidate, command);
      }
    byName = names;
  }
  const typed = name.replace(/^!/, '').toLowerCase();
  return byName.get(typed) ?? byName.get(SYNONYMS[typed] ?? '');
}

/** Every name that `commandNamed` accepts. */
export function commandNames(): string[] {
  return [...new Set(NAMES.flatMap(namesOf))];
}

/** Other short names of a command, which users type. */
export function aliasesOf(command: CommandName): string[] {
  const short = shortName(command);
  const candidates = [short.replace(/^host-/, ''), ...Object.keys(SYNONYMS)];
  return [...new Set(candidates)].filter((name) => name !== short && commandNamed(name) === command);
}

export function argumentsOf(command: CommandName): Readonly<Record<string, ArgumentSpec>> {
  return commands[command].arguments;
}

/** One record by its id, where the plural searches. */
const SINGULARS: Readonly<Record<string, string>> = { article: 'article_id', profile: 'intel_profile_id' };

/**
 * Returns the argument that a value without a name belongs to at the command line: the platform's default argument, else `search` of
 * a command that has one, else the first one declared.
 * @param typed the name that was typed: `article ID` reads one article, `articles TEXT` searches
 */
export function mainArgument(command: CommandName, typed = ''): string | undefined {
  const names = Object.keys(argumentsOf(command));
  if (names.includes(SINGULARS[typed] ?? '')) return SINGULARS[typed];
  const byDefault = names.find((name) => argumentsOf(command)[name]?.isDefault);
  return byDefault ?? names.find((name) => name === 'search' || name === 'search_value') ?? names[0];
}

/** The option of an argument: `--host-id` for `host_id`. */
export function optionOf(argument: string): string {
  return argument.replaceAll('_', '-');
}
