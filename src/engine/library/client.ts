import { toPluginError } from '../../base/errors';
import { isRecord } from '../../base/json';
import { type LinkedAbort, linkedAbort } from '../../base/linked-abort';
import type { Command } from '../../commands/declaration/command';
import { catalog } from '../../commands/generated/catalog';
import type { Results } from '../../commands/generated/results';
import type { GraphRequest } from '../../graph/request';
import type { CommandName } from '../../manifest/generated/types';
import { argumentsOf, commandNamed } from '../../manifest/short-names';
import type { Lookup } from '../../output/lookups';
import { DBOT_SCORE_KEY, type DBotScore } from '../../xsoar/dbot-score';
import { type Entry, errorEntry, isErrorEntry } from '../../xsoar/entry';
import { type Engine, type EngineOptions, openEngine } from '../engine';
import { errorRecord, type Outcome } from '../invocation';
import type { Arguments } from './arguments';
import { mdtiError } from './errors';
import type { PluginOptions } from './plugin';
import { type ContentsOf, type LookupFailure, missingAndFailed } from './results';
import type { VerdictContents, Verdicts } from './verdicts';

/** The short name of a command: `articles` for the platform’s `…-article-list`. */
export type ShortName = { [Name in CommandName]: ShortOf<Name> }[CommandName];

type ShortOf<Name extends string> = Name extends `msg-defender-threat-intel-${infer Rest}`
  ? Rest extends `${infer Things}-list`
    ? Things extends `${string}s`
      ? Things
      : `${Things}s`
    : Rest
  : Name;

/** The full name of a short or full name. */
export type FullName<Name extends string> = Name extends CommandName
  ? Name
  : { [Full in CommandName]: ShortOf<Full> extends Name ? Full : never }[CommandName];

/** An object of Graph, with the id of its parent where it was read through one. */
export type Row<Name extends keyof Results> = Results[Name]['object'] & {
  readonly [Parent in Results[Name]['parents']]?: string;
};

/** `hosts` for the context path `MSGDefenderThreatIntel.Host`. */
type PropertyOf<Name extends keyof Results> =
  Results[Name]['key'] extends `MSGDefenderThreatIntel.${infer Path}(${string}`
    ? Plural<Uncapitalize<Path>>
    : never;

type Plural<Word extends string> = Word extends `${string}s`
  ? Word
  : Word extends `${infer Stem}y`
    ? `${Stem}ies`
    : `${Word}s`;

/** The verdict about one indicator. */
export interface IndicatorVerdict<Name extends keyof Verdicts> {
  readonly indicator: string;
  /** 0 unknown, 1 good (never given), 2 suspicious, 3 malicious. */
  readonly score: number;
  readonly message: string | undefined;
  /** The objects that Graph returned, by kind; null for a kind that Graph has no data about. */
  readonly known: VerdictContents<Name>;
}

interface Common {
  /** Observables that are unknown to Graph. */
  readonly notFound: readonly string[];
  /** Observables that failed while others were found. */
  readonly failures: readonly LookupFailure[];
  /** Graph has more rows than were read. */
  readonly more: boolean;
}

/** The result of a command, with plain property names: `hosts`, `articles`, `indicators`. */
export type ResultOf<Name extends string> = Name extends keyof Results
  ? Common & { readonly [Property in PropertyOf<Name>]: readonly Row<Name>[] }
  : Name extends keyof Verdicts
    ? Common & { readonly indicators: readonly IndicatorVerdict<Name>[] }
    : Common & {
        /** A list for a summary of several hosts, with a string for each host that failed. */
        readonly contents: Name extends 'msg-defender-threat-intel-host-summary'
          ? ContentsOf<Name> | readonly (ContentsOf<Name> | string)[]
          : ContentsOf<Name>;
      };

/** Commands that return lists of Graph objects. */
type Listed<Name extends string> = FullName<Name> extends keyof Results ? Name : never;

type CallOf<Name extends CommandName> =
  Record<never, never> extends Arguments<Name>
    ? [args?: Arguments<Name>, options?: CallOptions]
    : [args: Arguments<Name>, options?: CallOptions];

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Calls commands by their names and returns plain objects. */
export interface Client {
  /**
   * Runs one command.
   * @throws MdtiError of the class that fits; a list in which only some observables failed is returned.
   * @example const { hosts, notFound } = await client.run('host', { host_id: ['contoso.com', 'example.org'] })
   */
  run<Name extends CommandName | ShortName>(
    command: Name,
    ...call: CallOf<FullName<Name>>
  ): Promise<ResultOf<FullName<Name>>>;
  /**
   * Reads a list page by page, to its end unless `limit` is given; no page is requested before the rows of the last one are taken.
   * @throws MdtiError in the middle of the iteration, too.
   * @example for await (const article of client.rows('articles')) console.log(article.title)
   */
  rows<Name extends CommandName | ShortName>(
    command: Listed<Name> & Name,
    ...call: CallOf<FullName<Name>>
  ): AsyncGenerator<FullName<Name> extends keyof Results ? Row<FullName<Name>> : never, void, void>;
}

/** Opens a client for one configuration; nothing is sent before the first command. */
export function createClient(options: PluginOptions = {}): Client {
  const engine = openEngine(options as EngineOptions);
  const client: LooseClient = {
    run: async (name, args, options) => {
      const command = commandNamed(name) ?? name;
      const outcome = await engine.execute(command, args, options?.signal);
      throwIfFailed(outcome);
      return resultOf(command, outcome);
    },
    rows: (name, args, options) => rowsOf(engine, commandNamed(name) ?? name, args ?? {}, options?.signal),
  };
  // The types above promise what the engine checks while it runs; the two meet only here.
  return client as unknown as Client;
}

type LooseArguments = Readonly<Record<string, unknown>>;

interface LooseClient {
  run(name: string, args?: LooseArguments, options?: CallOptions): Promise<unknown>;
  rows(name: string, args?: LooseArguments, options?: CallOptions): AsyncGenerator<unknown, void, void>;
}

function throwIfFailed({ entries, errors }: Outcome): void {
  const failed = entries.find(isErrorEntry);
  if (failed !== undefined) throw mdtiError(String(failed.Contents), errors[0] ?? { code: 'INTERNAL' });
}

function resultOf(command: string, outcome: Outcome): unknown {
  const { lookups = [], entries } = outcome;
  const declared = catalog[command as CommandName] as Command | undefined;
  const common = { ...missingAndFailed(outcome), more: lookups.some(({ more }) => more) };
  if (declared === undefined || 'run' in declared) return { ...common, contents: contentsOf(entries) };
  if ('reads' in declared)
    return {
      ...common,
      indicators: entries.map(({ Contents, EntryContext }) => {
        const score = EntryContext?.[DBOT_SCORE_KEY] as DBotScore | undefined;
        return {
          indicator: score?.Indicator ?? '',
          score: score?.Score ?? 0,
          message: score?.Message,
          known: Contents,
        };
      }),
    };
  const rows = lookups.flatMap((lookup) => lookup.rows.map((row) => withParent(row, lookup)));
  return { ...common, [propertyOf(declared.context)]: rows };
}

/** `Contents` of the one entry, or a list of them where a command has one for each observable. */
function contentsOf(entries: readonly Entry[]): unknown {
  return entries.length === 1 ? entries[0]?.Contents : entries.map(({ Contents }) => Contents);
}

function withParent(row: unknown, { subject, isParent }: Pick<Lookup, 'subject' | 'isParent'>): unknown {
  return isRecord(row) && isParent && subject !== undefined ? { ...row, [subject.name]: subject.id } : row;
}

function propertyOf(context: string): string {
  const word = `${context[0]?.toLowerCase()}${context.slice(1)}`;
  if (word.endsWith('s')) return word;
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** @throws MdtiError for a value that is not an AbortSignal */
function linked(outer: AbortSignal | undefined): LinkedAbort {
  try {
    return linkedAbort(outer);
  } catch (thrown) {
    const error = toPluginError(thrown);
    throw mdtiError(String(errorEntry(error).Contents), errorRecord(error));
  }
}

async function* rowsOf(
  engine: Engine,
  command: string,
  args: LooseArguments,
  outer: AbortSignal | undefined,
): AsyncGenerator<unknown, void, void> {
  const ended = linked(outer);
  let deliver: (page: readonly unknown[] | undefined) => void = () => {};
  let taken: () => void = () => {};
  const nextPage = () =>
    new Promise<readonly unknown[] | undefined>((resolve) => {
      deliver = resolve;
    });
  async function onRows(rows: readonly unknown[], { parent }: GraphRequest): Promise<void> {
    const lookup = { subject: parent, isParent: parent !== undefined };
    const done = new Promise<void>((resolve) => {
      taken = resolve;
    });
    deliver(rows.map((row) => withParent(row, lookup)));
    await done;
    ended.signal.throwIfAborted();
  }
  const name = commandNamed(command);
  const takesAll = name !== undefined && 'all_results' in argumentsOf(name);
  const all = args.limit === undefined && takesAll ? { all_results: true, ...args } : args;
  let page = nextPage();
  const work = engine.execute(command, all, ended.signal, onRows).finally(() => deliver(undefined));
  try {
    for (let rows = await page; rows !== undefined; rows = await page) {
      yield* rows;
      page = nextPage();
      taken();
    }
    const outcome = await work;
    throwIfFailed(outcome);
    yield* (outcome.lookups ?? []).flatMap((lookup) => lookup.rows.map((row) => withParent(row, lookup)));
  } finally {
    // A loop that was left early ends the requests in flight.
    ended.abort();
    ended.unlink();
    taken();
  }
}
