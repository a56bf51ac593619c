import type { Services } from './auth/services';
import type { ArgsOf, CommandName } from './generated/types';
import type { QueryOption } from './graph/odata';
import type { PlaceholderOf, Route } from './graph/route';
import type { Table } from './output/table';
import type { Entry } from './platform/entry';

/**
 * A command that reads one kind of Graph object. It is data: which routes there are, under which context path the
 * answer goes, and how its table looks. How requests travel and how answers become entries is the same for all.
 */
export interface GraphCommand<Name extends CommandName = CommandName> {
  /** The route is taken whose placeholders are exactly the ids among the arguments. */
  readonly routes: readonly Route[];
  /** The last part of the context path: `Host` for `MSGDefenderThreatIntel.Host`. */
  readonly context: string;
  /** Whether one observable puts one object into context (`object`), or there is always a list. */
  readonly value: 'object' | 'list';
  /** What the objects are called in sentences: `['article', 'articles']`. */
  readonly nouns: readonly [one: string, many: string];
  readonly table: Table;
  /** Query options that this command's own arguments stand for. */
  readonly query?: (args: ArgsOf<Name>) => readonly QueryOption[];
}

/** A command about the login itself: it needs the services behind the Graph client and answers with one entry. */
export interface ServiceCommand {
  readonly run: (services: Services) => Promise<Entry>;
}

export type Command<Name extends CommandName = CommandName> = GraphCommand<Name> | ServiceCommand;

type LinesOf<T> = T extends { readonly routes: readonly Route<infer Line>[] } ? Line : never;

/** A route that names an argument which the manifest does not give the command turns the declaration into an error. */
type Declared<Name, T> = Name extends CommandName
  ? Exclude<PlaceholderOf<LinesOf<T>>, keyof ArgsOf<Name>> extends infer Unknown extends string
    ? [Unknown] extends [never]
      ? Command<Name>
      : { readonly routes: `{${Unknown}} is not an argument of this command in integration.yml` }
    : never
  : 'no such command in integration.yml';

/** Declares commands by their manifest names; names, placeholders and arguments are checked by the compiler. */
export function declare<const T extends { [Name in keyof T]: Declared<Name, T[Name]> }>(commands: T): T {
  return commands;
}
