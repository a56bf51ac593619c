import { systemClock } from '../../base/clock';
import type { JsonObject } from '../../base/json';
import { counted, formatCount, quoted, sanitize } from '../../base/sanitize';
import { type Engine, openEngine } from '../../engine/engine';
import { checkedConfig } from '../../engine/open-services';
import type { GraphRequest, OnRows } from '../../graph/request';
import type { CommandName } from '../../manifest/generated/types';
import { commandNamed } from '../../manifest/short-names';
import type { Lookup } from '../../output/lookups';
import { type Entry, isErrorEntry } from '../../xsoar/entry';
import { splitArguments } from '../../xsoar/system-arguments';
import { withSignals } from '../io/signals';
import { writeData, writeStdout } from '../io/stdout';
import { type ExecutedLine, executeCommand, executeLine, readLine } from '../war-room/execute-line';
import { forPeople } from './for-people';
import { formatResult, ndjson, statusRows, withSubject } from './formats';
import { localServices, type ParamSource } from './local-services';
import { withExample } from './missing-argument';
import type { OutputFormat } from './output-formats';
import { inCommandLineWords } from './own-words';
import { writePaged } from './pager';
import { retryNotice } from './retry-notice';
import { startSpinner } from './spinner';
import { screenOf } from './terminal';
import { readArguments, type TypedWords } from './typed-arguments';

interface TypedCommandCall extends ParamSource {
  readonly options: {
    readonly output: OutputFormat | undefined;
    readonly query: string | undefined;
    readonly 'show-request': boolean;
    readonly quiet: boolean;
  };
}

/** `mdti '!command …'`: runs one line of the platform. */
export async function runLine(text: string, call: TypedCommandCall): Promise<number> {
  if (call.options['show-request']) {
    const { command, args } = readLine(text, {});
    const name = commandNamed(command);
    if (name !== undefined) return showRequests(name, args, call);
  }
  return execute(call, isLogin(text), (engine, ports) =>
    executeLine(text, engine, { ...ports, commandList: 'Run `mdti commands` for the list.' }),
  );
}

/** `mdti COMMAND …`: runs one command with arguments from words and options. */
export async function runCommand(
  command: CommandName,
  typed: TypedWords,
  call: TypedCommandCall,
): Promise<number> {
  const args = await readArguments(command, typed, call.options);
  if (call.options['show-request']) return showRequests(command, args, call);
  const { system } = splitArguments({});
  return execute(call, isLogin(command), async (engine, ports) =>
    withExample(command, typed.main, await executeCommand({ command, args }, system, engine, ports)),
  );
}

async function showRequests(command: CommandName, args: JsonObject, call: TypedCommandCall): Promise<number> {
  const { plannedRequests } = await import('../../engine/planned-requests');
  const services = localServices(call);
  const requests = plannedRequests(command, args, checkedConfig(services.params, services));
  await writeStdout(requests.map(({ method, url }) => `${method} ${url}\n`).join(''));
  const batched = requests.filter((request) => request.batched).length;
  if (batched > 0)
    process.stderr.write(`${counted(batched, 'request')}, sent together in $batch requests of up to 20.\n`);
  return 0;
}

/** A sign-in that is not saved is of no use to the next command. */
function isLogin(line: string): boolean {
  return /^!?(?:msg-defender-threat-intel-)?auth-(?:start|complete|reset)\b/.test(line);
}

function lacksSignIn(params: JsonObject): boolean {
  return params.app_id === undefined && params.use_managed_identities === undefined;
}

interface Ports {
  readonly signal: AbortSignal;
  readonly onRows: OnRows | undefined;
}

/** Results go to stdout, errors to stderr. As NDJSON, a list is written page by page. */
async function execute(
  call: TypedCommandCall,
  needsState: boolean,
  work: (engine: Engine, ports: Ports) => Promise<ExecutedLine>,
): Promise<number> {
  const { output: format, query, quiet } = call.options;
  const services = localServices(call, needsState);
  const words = { ...call, sandbox: call.overrides !== undefined };
  const inWords = (text: string) => inCommandLineWords(text, words);
  const notice = retryNotice(systemClock.monotonic);
  const engine = openEngine({ ...services, log: notice.listening(services.log) });
  return withSignals(async (signal) => {
    let streamed = false;
    const stopSpinner = quiet ? () => {} : startSpinner(process.stderr, process.env, notice.text);
    async function writeRows(rows: readonly unknown[], { parent }: GraphRequest): Promise<void> {
      streamed = true;
      stopSpinner();
      await writeData(ndjson(rows.map((row) => withSubject({ subject: parent }, row))), signal);
    }
    const onRows = format === 'ndjson' && query === undefined ? writeRows : undefined;
    const executed = await work(engine, { signal, onRows }).finally(stopSpinner);
    const failed = executed.entries.filter(isErrorEntry);
    for (const entry of failed) process.stderr.write(`${inWords(String(entry.Contents))}\n`);
    const isFile = call.paramsFile !== undefined;
    if (
      !isFile &&
      lacksSignIn(services.params) &&
      executed.errors.some(({ code }) => code === 'CONFIG_INVALID')
    )
      process.stderr.write(
        inWords('No sign-in is configured: run `mdti login`, or add --sandbox to try it without one.\n'),
      );
    const nameHint = failed.length > 0 ? searchByName(executed) : undefined;
    if (nameHint !== undefined) process.stderr.write(`${inWords(nameHint)}\n`);
    if (!quiet && executed.args.format !== undefined && format === undefined)
      process.stderr.write(
        `--format adds the text to the context only; to print it, use -o ${String(executed.args.format)}.\n`,
      );
    const { lookups = [] } = executed;
    if (streamed) {
      if (!signal.aborted) await writeData(ndjson(statusRows(lookups)), signal);
      if (!quiet) printNotes(executed.entries, inWords);
    } else if (failed.length < executed.entries.length || (hasRows(format) && lookups.length > 0)) {
      const screen = screenOf(process.stdout);
      const note = (said: string) => {
        if (!quiet) process.stderr.write(`${sanitize(said)}\n`);
      };
      const text = await formatResult(executed, format, screen, query, note, inWords);
      if (query === undefined && (format ?? 'table') === 'table')
        await writePaged(forPeople(executed, text, { screen, quiet }), process.env, signal);
      else {
        await writeData(text, signal);
        if (!quiet) printMissing(executed, format, inWords);
      }
    }
    if (failed.length === 0 && !quiet) process.stderr.write(partlyFailed(lookups));
    // The line names no command: as for a mistyped word, nothing was run.
    if (executed.errors.some(({ code }) => code === 'COMMAND_UNKNOWN')) return 2;
    return failed.length > 0 ? 1 : 0;
  });
}

/** Says why a command succeeds although some of its observables failed; empty if none did. */
function partlyFailed(lookups: readonly Lookup[]): string {
  const failed = lookups.filter(({ error }) => error !== undefined).length;
  return failed === 0
    ? ''
    : `${formatCount(failed)} of ${counted(lookups.length, 'lookup')} failed. The exit status is 0 because not all of them failed.\n`;
}

/** Returns the command that finds a record by its name, if the user typed a name in the place of an id. */
function searchByName({ args, errors }: ExecutedLine): string | undefined {
  if (!errors.some(({ code }) => code === 'GRAPH_NOT_FOUND')) return undefined;
  const [command, value] =
    args.intel_profile_id === undefined ? ['articles', args.article_id] : ['profiles', args.intel_profile_id];
  if (typeof value !== 'string') return undefined;
  // A shell would replace or run what these characters mark, also between double quotes.
  const searched = quoted(value.trim().replace(/[`$\\"!]/g, ''));
  return `If ${quoted(value.trim())} is a name, run \`mdti ${command} --search ${searched}\`.`;
}

/** Whether a format has a row for each observable, with its status. */
function hasRows(format: OutputFormat | undefined): boolean {
  return format === 'csv' || format === 'ndjson';
}

/** Prints to stderr what a format for programs does not contain: what was not found, and that there are more rows. */
function printMissing(
  { lookups = [], args }: ExecutedLine,
  format: OutputFormat | undefined,
  inWords: (text: string) => string,
): void {
  const lines = [
    ...(hasRows(format) ? [] : withoutResult(lookups)),
    ...(lookups.some(({ more }) => more) ? morePossible(args) : []),
  ];
  for (const line of lines) process.stderr.write(`${inWords(sanitize(line))}\n`);
}

/** Returns a line for all observables that were not found, and one for each that failed. */
function withoutResult(lookups: readonly Lookup[]): string[] {
  const missing = lookups.flatMap(({ notFound, subject }) => (notFound && subject ? [subject.id] : []));
  const failed = lookups.flatMap(({ subject, error }) =>
    error === undefined ? [] : [`Failed: ${subject?.id ?? ''}: ${error.message}`],
  );
  return [...(missing.length === 0 ? [] : [`Not found: ${missing.join(', ')}.`]), ...failed];
}

/** Returns how a user gets what the result leaves out; nothing if a limit was set. */
function morePossible({ seeds, limit }: ExecutedLine['args']): string[] {
  if (seeds !== undefined) return ['The graph is partial; without -o, the command says how to continue.'];
  return limit === undefined ? ['More rows are available: add --limit N or --all-results.'] : [];
}

/** Prints the text under a table to stderr, such as that there are more rows: the rows themselves are written already. */
function printNotes(entries: readonly Entry[], inWords: (text: string) => string): void {
  const notes = entries.filter((entry) => !isErrorEntry(entry)).map(({ HumanReadable }) => HumanReadable);
  for (const text of notes) if (text) process.stderr.write(`${inWords(text)}\n`);
}
