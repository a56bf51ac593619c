import { commands } from '../../manifest/generated/commands';
import manifest from '../../manifest/generated/manifest.json';
import type { CommandName } from '../../manifest/generated/types';
import { inputSchema } from './input-schema';
import { outputSchema } from './output-schema';

const PREFIX = 'msg-defender-threat-intel-';

/** Logging in is for people: they do it before an agent is let in. */
const ABOUT_THE_LOGIN = /^msg-defender-threat-intel-auth-/;

/** The data commands by the names of their tools: short, since clients put their own words before them and stop at 64. */
export const TOOLS: ReadonlyMap<string, CommandName> = new Map(
  (Object.keys(commands) as CommandName[])
    .filter((name) => !ABOUT_THE_LOGIN.test(name))
    .map((name) => [name.replace(PREFIX, '').replaceAll('-', '_'), name]),
);

/** What `tools/list` answers with. */
export function toolList() {
  return [...TOOLS].map(([name, command]) => ({
    name,
    description: manifest.script.commands.find((declared) => declared.name === command)?.description ?? '',
    inputSchema: inputSchema(command),
    outputSchema: outputSchema(command),
    annotations: { readOnlyHint: true, openWorldHint: true },
  }));
}
