import { PluginError } from '../errors';
import { commands } from '../generated/commands';
import type { JsonObject } from '../json';
import { jsonLog, logLevel } from '../log';
import { type CommandLine, parseCommandLine } from '../platform/command-line';
import { type Entry, isErrorEntry } from '../platform/entry';
import { createPlugin } from '../plugin';
import { readParams } from './params';
import { render, type Screen } from './terminal';

/** Parameters that stand above all others, and a certificate to trust: how `--sandbox` gets in. */
export interface Overlay {
  readonly params: JsonObject;
  readonly ca: string;
}

/** `mdti '!command …'`: one command for a person; tables go to stdout, errors to stderr. */
export async function runLine(
  text: string,
  paramsFile: string | undefined,
  overlay: Overlay | undefined,
): Promise<number> {
  const line = parseCommandLine(text);
  const params = { ...readParams(paramsFile, process.env), ...overlay?.params };
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (event) => process.stderr.write(event));
  const plugin = createPlugin({ params, log, ca: overlay?.ca });
  const { entries } = await plugin.execute(line.command, namedArguments(line));
  for (const entry of entries) show(entry);
  return entries.some(isErrorEntry) ? 1 : 0;
}

/** A value without a name belongs to the command's default argument. */
function namedArguments({ command, args, unnamed }: CommandLine): JsonObject {
  if (unnamed === undefined || !(command in commands)) return args;
  const specs = commands[command as keyof typeof commands].arguments;
  const owner = Object.keys(specs).find((name) => specs[name]?.isDefault);
  if (owner !== undefined && !(owner in args)) return { ...args, [owner]: unnamed };
  throw new PluginError(
    'ARGUMENT_UNKNOWN',
    `${command} cannot place the value ${JSON.stringify(unnamed)}: it has no name.`,
    {
      hint: `Write name=value; ${command} takes ${Object.keys(specs).join(', ') || 'no arguments'}.`,
    },
  );
}

function show(entry: Entry): void {
  if (isErrorEntry(entry)) {
    process.stderr.write(`${String(entry.Contents)}\n`);
    return;
  }
  const screen: Screen = {
    styled: process.stdout.isTTY === true,
    width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  };
  process.stdout.write(render(entry.HumanReadable ?? String(entry.Contents), screen));
}
