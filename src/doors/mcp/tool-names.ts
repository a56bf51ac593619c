import type { CommandName } from '../../manifest/generated/types';

const PREFIX = 'msg-defender-threat-intel-';

/** A command's name as a tool has it: short, since clients put their own words before it and stop at 64 characters. */
export function toolName(command: CommandName): string {
  return inTools(command.replace(PREFIX, ''));
}

/** The one tool that is not named after its command: agents look for a verb to start with. */
function inTools(name: string): string {
  return name === 'host-summary' ? 'investigate_host' : name.replaceAll('-', '_');
}

/** The `mdti` commands for signing in, which is not available as a tool. */
const FOR_PEOPLE: Readonly<Record<string, string>> = {
  'auth-start': '`mdti login`',
  'auth-complete': '`mdti login`',
  'auth-reset': '`mdti logout`',
  'auth-test': '`mdti doctor`',
};

/** A sentence of the plugin in the words of the tools: without the prefix of the commands and their `!`. */
export function inToolWords(text: string): string {
  return text
    .replace(
      /!?msg-defender-threat-intel-([a-z-]+)/g,
      (_, name: string) => (Object.hasOwn(FOR_PEOPLE, name) ? FOR_PEOPLE[name] : undefined) ?? inTools(name),
    )
    .replace(/!(?=(?:ip|domain|cve)\b)/g, '');
}
