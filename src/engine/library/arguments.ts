import type { ArgsOf, CommandName, Params } from '../../manifest/generated/types';

/** Commands that a platform calls by itself; they take no arguments. */
export type ServerCommand = 'test-module' | 'fetch-incidents';

/** The arguments of a command as a program may write them: typed, or as the texts that a platform sends. */
export type Arguments<Name extends CommandName> = {
  readonly [Key in keyof ArgsOf<Name>]: Written<ArgsOf<Name>[Key]>;
};

type Written<Value> = Value extends readonly string[]
  ? readonly string[] | string
  : Value extends number
    ? number | `${number}`
    : Value extends boolean
      ? boolean | 'true' | 'false'
      : Value;

/**
 * What follows the command's name in a call: its arguments, which may be left out where none is required, and a signal
 * that ends it. A name that the compiler does not know (a variable) takes any arguments; the plugin checks them.
 */
export type CommandCall<Name extends string> = string extends Name
  ? [args?: Readonly<Record<string, unknown>>, signal?: AbortSignal]
  : Name extends CommandName
    ? Record<never, never> extends ArgsOf<Name>
      ? [args?: Arguments<Name>, signal?: AbortSignal]
      : [args: Arguments<Name>, signal?: AbortSignal]
    : Name extends ServerCommand
      ? [args?: Record<never, never>, signal?: AbortSignal]
      : ['no such command', never];

/** The parameters of integration.yml under their names there; one that is missing, null or empty is not set. */
export type Parameters = Params;
