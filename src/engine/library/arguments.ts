import type { ArgsOf, CommandName, Params } from '../../manifest/generated/types';

/** Commands that a platform calls by itself, without arguments. */
export type ServerCommand = 'test-module' | 'fetch-incidents';

/** The arguments of a command: typed values, or the strings that a platform sends. */
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
 * The parameters after the name in a call: arguments, optional where none is required, and a signal that cancels the command. A name
 * that is a variable takes any arguments; the plugin checks them at run time.
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

/** The parameters of integration.yml by name; a missing, null or empty one is not set. */
export type Parameters = Params;
