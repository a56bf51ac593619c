import { invocationError } from './invocation-error';
import type { ParamOverrides, ParamSource } from './local-services';

/** One option of a verb: its type, text unless given, and its line in the help. */
export type Flag =
  | {
      readonly type: 'boolean';
      readonly value?: undefined;
      readonly short?: string;
      readonly help: string;
      readonly choices?: undefined;
    }
  | {
      readonly type?: undefined;
      /** Placeholder for the value in the help, such as `FILE`; completion offers files for a `FILE`. */
      readonly value: string;
      readonly short?: string;
      readonly help: string;
      readonly choices?: readonly string[];
      /** May be given several times. */
      readonly many?: true;
    }
  | {
      readonly type: 'number';
      readonly value: string;
      readonly short?: string;
      readonly help: string;
      readonly choices?: undefined;
      /** 0 unless given. */
      readonly min?: number;
      readonly max?: number;
    };

export type FlagTable = Readonly<Record<string, Flag>>;

/** One positional word of a verb. */
export interface Word {
  /** As the help shows it: `FILE`, `NAME`, `init | check`. */
  readonly name: string;
  readonly help?: string;
  readonly choices?: readonly string[];
  readonly required?: true;
  /** Takes every word that follows; only for the last one. */
  readonly many?: true;
}

type OptionsOf<Flags extends FlagTable> = {
  readonly [Name in keyof Flags]: ValueOf<Flags[Name]>;
};

type ValueOf<One extends Flag> = One extends { type: 'boolean' }
  ? boolean
  : One extends { type: 'number' }
    ? number | undefined
    : One extends { many: true }
      ? readonly string[]
      : One extends { choices: readonly (infer Choice)[] }
        ? Choice | undefined
        : string | undefined;

/** A parsed command line: words, options, and the source of the parameters. */
export interface VerbCall<Flags extends FlagTable = FlagTable> extends ParamSource {
  readonly words: readonly string[];
  readonly options: OptionsOf<Flags>;
}

/** The sections of `mdti help`, in its order. */
export const GROUPS = [
  'Look up',
  'Lists and investigations',
  'For programs',
  'For many engines',
  'Setup',
  'Help',
] as const;

/** What `mdti NAME …` takes and does, for the option parser. */
export interface Runnable<Flags extends FlagTable = FlagTable> {
  readonly words?: readonly Word[];
  readonly flags?: Flags;
  /** The hint for a user who types words that it does not take. */
  readonly wordsHint?: string;
  /** Returns the exit status, or a string for stdout. */
  run(call: VerbCall<Flags>): Promise<number | string> | number | string;
}

/** A verb of the table, with its part of the help, the manual page and the completion. */
export interface Verb<Flags extends FlagTable = FlagTable> extends Runnable<Flags> {
  readonly group: (typeof GROUPS)[number];
  /** One line for `mdti help`, without a full stop. */
  readonly summary: string;
  /** Paragraphs of `mdti help NAME`, below the summary. */
  readonly details?: string;
  /** Command lines and what they do. */
  readonly examples?: readonly (readonly [line: string, does: string])[];
}

/** Checks a verb's `run` against its flags, and returns a type that fits into a table of verbs. */
export function verb<const Flags extends FlagTable>(declared: Verb<Flags>): Verb {
  return declared as unknown as Verb;
}

/** Checks the `run` of a command against its flags. */
export function runnable<const Flags extends FlagTable>(declared: Runnable<Flags>): Runnable {
  return declared as unknown as Runnable;
}

/** Options that set the source of the parameters; for verbs that open an instance. */
export const PARAMETER_FLAGS = {
  profile: { value: 'NAME', help: 'parameters from this profile of the configuration file' },
  params: { value: 'FILE', help: 'parameters from a JSON file instead of a profile' },
  param: {
    value: 'NAME=VALUE',
    many: true,
    help: 'set one parameter, overriding profile, file and environment; not for secrets',
  },
} as const satisfies FlagTable;

export const SANDBOX_FLAG = {
  sandbox: { type: 'boolean', help: 'use a sandbox that is started for this command; no sign-in needed' },
} as const satisfies FlagTable;

/** A part of a JSON document instead of the whole. */
export const QUERY_FLAG = {
  query: {
    short: 'q',
    value: 'JMESPATH',
    help: 'print only this part of the JSON document',
  },
} as const satisfies FlagTable;

/** Options that set how much is written to stderr. */
const LOG_FLAGS = {
  quiet: { type: 'boolean', help: 'print results and errors only: no notes, no progress, no warnings' },
  verbose: { type: 'boolean', help: 'print what happens, as MDTI_LOG=info does' },
} as const satisfies FlagTable;

export const METRICS_FLAG = {
  metrics: { value: '[HOST:]PORT', help: 'serve Prometheus metrics and /healthz there' },
} as const;

/** Flags of every verb that sends requests. */
export const INSTANCE_FLAGS = { ...LOG_FLAGS, ...PARAMETER_FLAGS, ...SANDBOX_FLAG } as const;

/** @throws PluginError INVOCATION_UNREADABLE for both options at once */
function logLevelOf({ quiet, verbose }: Readonly<Record<string, unknown>>): ParamSource['logLevel'] {
  if (quiet && verbose)
    throw invocationError('--quiet cannot be combined with --verbose.', 'Leave one of them out.');
  return quiet ? 'error' : verbose ? 'info' : undefined;
}

/** The parameter source within a call's options. */
export function paramSource(
  options: Readonly<Record<string, unknown>>,
  overrides: ParamOverrides | undefined,
): ParamSource {
  return {
    profile: options.profile as string | undefined,
    paramsFile: options.params as string | undefined,
    flags: options.param as readonly string[] | undefined,
    overrides,
    logLevel: logLevelOf(options),
  };
}
