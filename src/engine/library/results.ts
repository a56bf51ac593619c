import type { PluginError } from '../../base/errors';
import type { Results } from '../../commands/generated/results';
import type { InvestigationGraph } from '../../investigation/graph';
import type { CommandName } from '../../manifest/generated/types';
import type { Entry } from '../../xsoar/entry';
import { type ErrorRecord, errorRecord, type Outcome } from '../invocation';
import type { ServerCommand } from './arguments';
import type { InContext, VerdictContents, VerdictContext, Verdicts } from './verdicts';

/** The objects of a command in context, with the ids of the parents that they were read through. */
type ContextObject<Name extends keyof Results> = InContext<Results[Name]['object']> & {
  [Parent in Results[Name]['parents']]?: string;
};

/**
 * `Contents`: for a command about one observable the object (null if it was not found), or a list if several were given; always
 * a list for a list command, also for one record by its id; a string for the commands about the login.
 */
export type ContentsOf<Name extends string> = Name extends keyof Results
  ? Results[Name]['value'] extends 'object'
    ? Results[Name]['object'] | Results[Name]['object'][] | null
    : Results[Name]['object'][]
  : Name extends keyof Verdicts
    ? VerdictContents<Name>
    : Name extends SummaryCommand
      ? Readonly<Record<string, unknown>> | null
      : Name extends 'msg-defender-threat-intel-expand'
        ? { readonly Graph: InvestigationGraph }
        : Name extends CommandName | ServerCommand
          ? string
          : unknown;

/** Commands whose `Contents` have a key for each part; null if nothing was found. */
type SummaryCommand = Extract<CommandName, `${string}-summary`>;

/** `EntryContext`: null if nothing was found. */
export type ContextOf<Name extends string> = Name extends keyof Results
  ?
      | {
          readonly [Key in Results[Name]['key']]: Results[Name]['value'] extends 'object'
            ? ContextObject<Name> | ContextObject<Name>[]
            : ContextObject<Name>[];
        }
      | null
  : Name extends keyof Verdicts
    ? VerdictContext<Name>
    : Name extends Exclude<CommandName, SummaryCommand | 'msg-defender-threat-intel-expand'> | ServerCommand
      ? null
      : Readonly<Record<string, unknown>> | null;

/** An entry with a result. */
export interface ResultEntry<Name extends string> extends Entry {
  readonly Type: 1;
  readonly Contents: ContentsOf<Name>;
  readonly EntryContext: ContextOf<Name>;
}

/** An entry with an error. */
export interface ErrorEntry extends Entry {
  readonly Type: 4;
  readonly Contents: string;
  readonly EntryContext: null;
}

/** One observable of a list that failed while others were found. */
export interface LookupFailure extends ErrorRecord {
  readonly id: string;
  readonly message: string;
}

/** The result of a command: entries, which `Type` distinguishes, and the facts of every error among them. */
export interface OutcomeOf<Name extends string> extends Pick<Outcome, 'incidents' | 'lastRun'> {
  readonly entries: readonly (ResultEntry<Name> | ErrorEntry)[];
  readonly errors: readonly ErrorRecord[];
  /** Observables that are unknown to Graph. */
  readonly notFound: readonly string[];
  /** Observables that failed, each with its reason; `errors` has the error of the command where all of them did. */
  readonly failures: readonly LookupFailure[];
}

/** Returns the observables of a command that were not found or failed; a search has no observable and is left out. */
export function missingAndFailed({ lookups = [] }: Pick<Outcome, 'lookups'>): {
  readonly notFound: string[];
  readonly failures: LookupFailure[];
} {
  return {
    notFound: lookups.filter(({ notFound }) => notFound).map(({ subject }) => subject?.id ?? ''),
    failures: lookups.flatMap(({ subject, error }) =>
      error === undefined ? [] : [failureOf(subject?.id ?? '', error)],
    ),
  };
}

function failureOf(id: string, error: PluginError): LookupFailure {
  return { id, message: error.message, ...errorRecord(error) };
}
