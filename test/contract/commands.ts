import type { GraphCommand } from '../../src/commands/declaration/command';
import { catalog } from '../../src/commands/generated/catalog';
import manifest from '../../src/manifest/generated/manifest.json';
import { parentIds, resolveOutput, resolveRoute } from './resolve';

/** A data command from its declaration and the manifest. */
export interface DataCommand extends Pick<GraphCommand, 'routes' | 'context'> {
  readonly name: string;
  readonly argumentNames: readonly string[];
  readonly outputs: readonly string[];
}

export const dataCommands: readonly DataCommand[] = manifest.script.commands.flatMap((command) => {
  const declared = Object.entries(catalog).find(([name]) => name === command.name)?.[1];
  if (declared === undefined || !('routes' in declared)) return [];
  const outputs =
    'outputs' in command && command.outputs ? command.outputs.map(({ contextPath }) => contextPath) : [];
  const { routes, context } = declared;
  return [
    {
      name: command.name,
      argumentNames: command.arguments.map(({ name }) => name),
      outputs,
      routes,
      context,
    },
  ];
});

/** The one type that all routes of a command lead to. */
export function responseType({ name, routes, argumentNames }: DataCommand): string {
  const places = routes.map((route) => resolveRoute(route, argumentNames));
  const types = new Set(places.map((place) => (typeof place === 'string' ? place : place.type)));
  if (types.size !== 1) throw new Error(`${name} responds with ${[...types].join(' and ')}`);
  return [...types].join();
}

/** What is wrong with each route and each output of a command; nothing if all of them are in the model. */
export function findings(command: DataCommand, type: string): string[] {
  const places = command.routes.map((route) => resolveRoute(route, command.argumentNames));
  return [
    ...places.filter((place) => typeof place === 'string'),
    ...command.outputs.flatMap((output) => outputFinding(command, type, output) ?? []),
  ];
}

function outputFinding({ context, routes }: DataCommand, type: string, output: string): string | undefined {
  const prefix = `MSGDefenderThreatIntel.${context}.`;
  if (!output.startsWith(prefix)) return `${output} is not below ${prefix}`;
  const path = output.slice(prefix.length);
  return parentIds(routes, context).includes(path) ? undefined : resolved(type, path);
}

/** Each path of a type is looked up in the model once, however many misspelled commands name it. */
const known = new Map<string, string | undefined>();

function resolved(type: string, path: string): string | undefined {
  const key = `${type} ${path}`;
  if (!known.has(key)) known.set(key, resolveOutput(type, path));
  return known.get(key);
}
