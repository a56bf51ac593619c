import { catalog } from '../../commands/generated/catalog';
import type { CommandName } from '../../manifest/generated/types';
import { declaredCommand, firstSentences, inputSchema } from './input-schema';
import { INVESTIGATIONS } from './investigations';
import { outputSchema } from './output-schema';
import type { RowCommand } from './result-types';
import { toolName } from './tool-names';

/** Users sign in before they start an agent. */
const SIGN_IN = 'msg-defender-threat-intel-auth-';

/** The commands by the names of their tools. */
export const TOOLS: ReadonlyMap<string, CommandName> = new Map(
  (Object.keys(catalog) as CommandName[])
    .filter((name) => !name.startsWith(SIGN_IN))
    .map((name) => [toolName(name), name]),
);

/** The response to `tools/list`. */
export function toolList() {
  return [...TOOLS].map(([name, command]) => {
    const investigation = INVESTIGATIONS[command];
    return {
      name,
      title: titleOf(name),
      description: investigation?.description ?? firstSentences(declaredCommand(command).description, 80),
      inputSchema: investigation?.inputSchema ?? inputSchema(command, investigation === undefined),
      outputSchema: investigation?.outputSchema ?? outputSchema(catalog[command] as RowCommand),
      annotations: { readOnlyHint: true },
    };
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ip: 'IP',
  cve: 'CVE',
  whois: 'WHOIS',
  ssl: 'SSL',
  dns: 'DNS',
};

/** "Host passive DNS list" for `host_passive_dns_list`. */
function titleOf(name: string): string {
  const words = name.split('_').map((word) => WORDS[word] ?? word);
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
