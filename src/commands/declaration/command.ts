import type { PlaceholderOf, Route } from '../../graph/route';
import type { ArgsOf, CommandName } from '../../manifest/generated/types';
import type { Presentation } from '../../output/command-entry';
import type { IndicatorCommand } from '../../output/verdict/indicator-command';
import type { RouteChoice } from '../../plan/plan';
import type { Entry } from '../../xsoar/entry';
import type { Services } from './services';

/**
 * A command that reads one kind of Graph object. It is data: the routes, and where the result goes. How requests travel
 * and how responses become entries is the same for all.
 */
export interface GraphCommand<Name extends CommandName = CommandName>
  extends RouteChoice<ArgsOf<Name>>,
    Presentation {}

/** A command that works with the services itself: signing in, a summary of several kinds of objects, a graph. */
interface ServiceCommand<Name extends CommandName = CommandName> {
  run(services: Services, args: ArgsOf<Name>): Promise<Entry | readonly Entry[]>;
  /** The commands whose objects a summary shows, under their own context prefixes. */
  readonly parts?: Readonly<Record<string, object>>;
  /** Whether its outputs are written by hand in the manifest. */
  readonly byHand?: true;
}

export type Command<Name extends CommandName = CommandName> =
  | GraphCommand<Name>
  | IndicatorCommand
  | ServiceCommand<Name>;

type LinesOf<T> = T extends { readonly routes: readonly Route<infer Line>[] }
  ? Line
  : T extends { readonly reads: Readonly<Record<string, Route<infer Line>>> }
    ? Line
    : never;

/** A route that names an argument which the manifest does not give the command turns the declaration into an error. */
type Declared<Name, T> = Name extends CommandName
  ? [Exclude<PlaceholderOf<LinesOf<T>>, keyof ArgsOf<Name>>] extends [never]
    ? Command<Name>
    : { readonly routes: 'a placeholder is not an argument of this command in integration.yml' }
  : 'no such command in integration.yml';

/** Declares commands by their manifest names; names, placeholders and arguments are checked by the compiler. */
export function declare<const T extends { readonly [Name in keyof T]: Declared<Name, T[Name]> }>(
  commands: T,
): T {
  return commands;
}
