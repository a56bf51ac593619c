import type { Command, GraphCommand } from '../../commands/declaration/command';
import { pathPart, type Route } from '../../graph/route';
import { typeAt } from '../../model/model';
import { parentOf } from '../../model/parents';
import type { IndicatorCommand } from '../../output/verdict/indicator-command';

/** A command whose tool returns rows. */
export type RowCommand = GraphCommand | IndicatorCommand;

/** The type of the objects that a route reads. */
export function typeBehind({ line }: Route): string {
  return typeAt(pathPart(line)) as string;
}

/** The types of a command's objects by their names in context; one for a list command. */
export function typesOf(command: Command): Readonly<Record<string, string>> {
  if ('reads' in command)
    return Object.fromEntries(
      Object.entries(command.reads).map(([part, route]) => [part, typeBehind(route)]),
    );
  if ('routes' in command)
    return Object.fromEntries(command.routes.map((route) => [command.context, typeBehind(route)]));
  const parts = Object.values(command.parts ?? {}) as Command[];
  return Object.assign({}, ...parts.map(typesOf));
}

/** The type of a list command's rows. */
export function rowTypeOf(command: GraphCommand): string {
  return typesOf(command)[command.context] as string;
}

/** The names under which rows carry the id of their parent. */
export function parentIdsOf({ routes }: GraphCommand): string[] {
  return [...new Set(routes.flatMap(({ line }) => parentOf(line)?.name ?? []))];
}
