import type { CommandName } from '../../manifest/generated/types';
import { shortName } from '../../manifest/short-names';
import type { ExecutedLine } from '../war-room/execute-line';

/** Values of the arguments that users type without a name. */
const VALUES: Readonly<Record<string, string>> = {
  ip: '192.0.2.1',
  domain: 'contoso.com',
  host_id: 'contoso.com',
  seeds: 'contoso.com',
};

/** Adds an example to the error for a missing argument. @param main the argument that a value without a name belongs to */
export async function withExample(
  command: CommandName,
  main: string | undefined,
  executed: ExecutedLine,
): Promise<ExecutedLine> {
  if (!executed.errors.some(({ code }) => code === 'ARGUMENT_MISSING')) return executed;
  const example = await exampleOf(command, main);
  if (example === undefined) return executed;
  const entries = executed.entries.map((entry) => ({
    ...entry,
    Contents: `${String(entry.Contents)}\nExample: \`${example}\``,
  }));
  return { ...executed, entries };
}

async function exampleOf(command: CommandName, main = ''): Promise<string | undefined> {
  if (Object.hasOwn(VALUES, main)) return `mdti ${shortName(command)} ${VALUES[main]}`;
  const { default: examples } = await import('./generated/examples.json');
  return (examples as Readonly<Record<CommandName, readonly (readonly string[])[]>>)[command][0]?.[0];
}
