import { BOUNDS } from '../../base/bounds';
import { formatCount, sanitizeMultiline } from '../../base/sanitize';
import { statePaths } from '../../base/user-paths';
import { openEngine } from '../../engine/engine';
import { openTransport } from '../../engine/open-services';
import { localResponseCache, localServices } from '../cli/local-services';
import { screenOf } from '../cli/terminal';
import type { VerbCall } from '../cli/verb';
import { countingTransport } from '../io/counting-transport';
import { type Line, readLines } from '../io/line-reader';
import { forTerminal } from '../io/printable';
import { endWithStdout } from '../io/stdout';
import { actionIn } from './actions';
import { complete } from './completion';
import { converse } from './converse';
import type { Investigation } from './investigation';
import { progressLine } from './progress-line';
import { openRoom, type Room, type RoomOutput } from './room';
import { openInvestigations } from './store';
import { targetOf } from './target';
import { openTypedLines } from './typed-lines';

/**
 * `mdti war-room [NAME]`: a console on one investigation. Behind a pipe it reads lines without a prompt, and its exit status
 * is 1 if one of them failed.
 */
export async function warRoomProcess(call: VerbCall): Promise<number> {
  endWithStdout();
  const ports = localServices(call);
  const target = targetOf(ports.params, call.overrides !== undefined);
  const investigations = openInvestigations(statePaths(process.env).file, target);
  const name = call.words[0] ?? 'default';
  const progress = progressLine(process.stderr);
  const plugin = openEngine({
    ...ports,
    responseCache: localResponseCache(call, ports),
    transport: countingTransport(openTransport(ports.params, ports), progress.update),
  });
  const output = {
    found: (text: string) => progress.clear(() => process.stdout.write(forTerminal(text, process.stdout))),
    failed: (text: string) => progress.clear(() => process.stderr.write(forTerminal(text, process.stderr))),
  };
  const screen = () => ({ ...screenOf(process.stdout), allColumns: 'raw-response=true' });
  const room = await openRoom(name, {
    plugin,
    investigations,
    now: Date.now,
    screen,
    output,
    log: ports.log,
  });
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true)
    return readAll(readLines(process.stdin, BOUNDS.warRoomLine), room, output);
  const history = historyOf(await investigations.open(name).read());
  const lines = openTypedLines({
    input: process.stdin,
    output: process.stdout,
    completer: complete,
    history,
    longest: BOUNDS.warRoomLine,
  });
  return converse(lines, room, output, target.kind);
}

/** Newest first, as readline keeps it. */
function historyOf({ happened }: Investigation): string[] {
  return happened.map(({ line }) => line).reverse();
}

async function readAll(
  lines: AsyncIterable<Line>,
  room: Room,
  { found, failed }: RoomOutput,
): Promise<number> {
  let status = 0;
  const never = new AbortController().signal;
  for await (const line of lines) {
    if ('tooLong' in line)
      failed(
        `The line has ${formatCount(line.tooLong)} characters and was not run; the limit is ${formatCount(BOUNDS.warRoomLine)}.\n`,
      );
    else if (isShown(line.text)) found(`> ${sanitizeMultiline(line.text).trim()}\n`);
    const end = 'tooLong' in line ? 'failed' : await room.enter(line.text.replace(/\r$/, ''), never);
    if (end === 'failed') status = 1;
    if (end === 'exit') break;
  }
  return status;
}

/** Whether the result of a line is below it: a table for people, not the JSON of `/context` or `raw-response=true`. */
function isShown(text: string): boolean {
  const line = text.trim();
  return (
    line !== '' && !line.startsWith('#') && actionIn(line) === undefined && !/\braw-response=/.test(line)
  );
}
