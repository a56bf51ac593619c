import type { CommandName } from '../../manifest/generated/types';
import { commandNamed, shortName } from '../../manifest/short-names';

/** A command as a user would type it, for the record. */
export function commandLine(command: string, args: Readonly<Record<string, string>>): string {
  const known = commandNamed(command);
  const words = Object.entries(args).map(([name, value]) => `${name}=${quoted(value)}`);
  return [`!${known === undefined ? command : shortName(known as CommandName)}`, ...words].join(' ');
}

function quoted(value: string): string {
  if (/^[^\s"`\\$]+$/.test(value)) return value;
  return `"${value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
