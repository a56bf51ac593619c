import { errorText, PluginError, toPluginError } from '../../base/errors';
import { type Log, logFault, silentLog } from '../../base/log';
import { sanitize } from '../../base/sanitize';
import type { Engine } from '../../engine/engine';
import { argumentsOf, commandNamed } from '../../manifest/short-names';
import { isErrorEntry } from '../../xsoar/entry';
import type { Screen } from '../cli/terminal';
import { actionIn, runAction } from './actions';
import { COMMAND_LIST } from './console-help';
import { executeLine } from './execute-line';
import { type Investigation, recordOf, withLine } from './investigation';
import { shown } from './shown-result';
import type { InvestigationStore, Investigations } from './store';
import { withUnsaved } from './unsaved';

/** The output of the room: results and failures. */
export interface RoomOutput {
  found(text: string): void;
  failed(text: string): void;
}

interface RoomOptions {
  readonly plugin: Engine;
  readonly output: RoomOutput;
  readonly screen: () => Screen;
  readonly now: () => number;
  readonly investigations: Investigations;
  readonly log?: Log;
}

/** The outcome of a line. */
type LineEnd = 'done' | 'failed' | 'exit';

/** One investigation at a time, line by line. */
export interface Room {
  /** The name of the open investigation. */
  name(): string;
  /** Never rejects: failures are written to the output. */
  enter(line: string, signal: AbortSignal): Promise<LineEnd>;
  /** Calls back with a sentence when another console or browser added to the investigation; returns how to stop. */
  onNotice(notice: (text: string) => void): () => void;
}

/** @throws PluginError if the investigation cannot be read. */
export async function openRoom(
  name: string,
  { plugin, output, screen, now, investigations, log = silentLog }: RoomOptions,
): Promise<Room> {
  let store: InvestigationStore;
  let known = new Set<string>();
  let notify = (_: string) => {};
  let stopWatching = () => {};

  async function open(next: string): Promise<void> {
    stopWatching();
    store = withUnsaved(investigations.open(next), ({ message }) =>
      output.failed(
        `${message} This console keeps it until you leave; save it elsewhere with /export FILE.\n`,
      ),
    );
    known = idsOf(await store.read());
    stopWatching = store.watch(report);
  }

  /** Reports the lines of other processes, each once. */
  function report({ happened }: Investigation): void {
    const others = happened.filter(({ id }) => !known.has(id));
    for (const { id } of others) known.add(id);
    const last = others.at(-1);
    if (last === undefined) return;
    const count = others.length === 1 ? '1 line' : `${others.length} lines`;
    notify(
      `${last.door === 'browser' ? 'The browser' : 'Another console'} added ${count}: ${sanitize(last.line)}`,
    );
  }

  async function action(name: string, argument: string): Promise<LineEnd> {
    const {
      text,
      open: next,
      ended,
    } = await runAction(name, argument, {
      store,
      investigations,
      screen,
    });
    if (next !== undefined) await open(next);
    if (text !== '') output.found(`${text}\n`);
    for (const { id } of (await store.read()).happened) known.add(id);
    return ended ? 'exit' : 'done';
  }

  async function command(line: string, signal: AbortSignal): Promise<LineEnd> {
    refuseOptions(line);
    const { context } = await store.read();
    const executed = await executeLine(line, plugin, { context, signal, commandList: COMMAND_LIST });
    const { entries } = executed;
    const failed = entries.filter(isErrorEntry);
    for (const { Contents } of failed) output.failed(`${Contents}\n`);
    output.found(shown(executed, screen()));
    const record = recordOf(line, executed, now(), 'terminal');
    known.add(record.id);
    report(await store.change((current) => withLine(current, record, executed)));
    return failed.length > 0 ? 'failed' : 'done';
  }

  await open(name);
  return {
    name: () => store.name,
    async enter(typed, signal) {
      const line = typed.trim();
      if (line === '' || line.startsWith('#')) return 'done';
      try {
        const acted = actionIn(line);
        return await (acted === undefined ? command(line, signal) : action(acted.name, acted.argument));
      } catch (error) {
        const failure = toPluginError(error);
        logFault(log, failure);
        output.failed(`${errorText(failure)}\n`);
        return 'failed';
      }
    },
    onNotice(notice) {
      notify = notice;
      return () => stopWatching();
    },
  };
}

/** @throws PluginError for an option of the command line: `--limit 5`, `-o json` */
function refuseOptions(line: string): void {
  const command = commandNamed(line.replace(/\s.*/s, ''));
  const [, option = '', value = '…'] = /\s(--?[a-z][\w-]*)(?:(?:=|\s+)([^\s-]\S*))?/i.exec(line) ?? [];
  if (command === undefined || option === '' || line.includes('"')) return;
  const name = option.replace(/-+/, '').replaceAll('-', '_');
  throw new PluginError('ARGUMENT_UNKNOWN', `${option} is an option of \`mdti\`, not of the console.`, {
    hint: Object.hasOwn(argumentsOf(command), name)
      ? `Write ${name}=${value}.`
      : 'Arguments are written name=value. For options, leave the console and run the command in a shell.',
  });
}

function idsOf({ happened }: Investigation): Set<string> {
  return new Set(happened.map(({ id }) => id));
}
