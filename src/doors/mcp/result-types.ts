import type { Command } from '../../commands/declaration/command';
import { pathPart, type Route } from '../../graph/route';
import { typeAt } from '../../model/model';
import { parentOf } from '../../model/parents';

/** The type of the objects that a route reads. */
export function typeBehind({ line }: Route): string {
  return typeAt(pathPart(line)) ?? 'entity';
}

/** The types of a command's objects by their names in context; one for a list command. */
export function typesOf(command: Command): Readonly<Record<string, string>> {
  if ('reads' in command)
    return Object.fromEntries(
      Object.entries(command.reads).map(([part, route]) => [part, typeBehind(route)]),
    );
  if ('routes' in command) {
    const [first] = command.routes;
    return first === undefined ? {} : { [command.context]: typeBehind(first) };
  }
  const parts = Object.values(command.parts ?? {}) as Command[];
  return Object.assign({}, ...parts.map(typesOf));
}

/** The names under which rows carry the id of their parent. */
export function parentIdsOf({ routes }: { readonly routes: readonly Route[] }): string[] {
  return [...new Set(routes.flatMap(({ line }) => parentOf(line)?.name ?? []))];
}
