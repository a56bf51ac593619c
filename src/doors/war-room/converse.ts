import { BOUNDS } from '../../base/bounds';
import { PluginError } from '../../base/errors';
import { formatCount } from '../../base/sanitize';
import type { Room, RoomOutput } from './room';
import type { TypedLines } from './typed-lines';

/** Runs the lines that are typed in a terminal until `exit` or the end of the input. */
export async function converse(
  lines: TypedLines,
  room: Room,
  { failed }: RoomOutput,
  target: string,
): Promise<number> {
  const { editor } = lines;
  let running: AbortController | undefined;
  let dropped = 0;
  let left = false;
  let isClosed = false;
  function prompt(): void {
    // A prompt would open the input again.
    if (isClosed) return;
    editor.setPrompt(`${room.name()} (${target})> `);
    editor.prompt();
  }
  editor.on('SIGINT', () => {
    const waited = lines.drop();
    if (running !== undefined) {
      dropped += waited;
      return running.abort(cancelled());
    }
    process.stdout.write('^C\n');
    if (waited > 0) failed(droppedText(waited));
    process.stdout.write('Ctrl-D leaves the console.\n');
    prompt();
  });
  editor.on('close', () => {
    isClosed = true;
    if (!left) process.stdout.write('\n');
  });
  /** Node restores the terminal for SIGINT and SIGTERM only. */
  function hangUp(): void {
    editor.close();
    process.kill(process.pid, 'SIGHUP');
  }
  process.once('SIGHUP', hangUp);
  const stopNotices = room.onNotice((text) => {
    process.stdout.write(`\r\u001b[K${text}\n`);
    if (running === undefined && !isClosed) editor.prompt(true);
  });
  process.stdout.write('Type help for the commands of this console; Tab completes.\n');
  prompt();
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    running = new AbortController();
    if ('tooLong' in line)
      failed(
        `\nThe line has more than ${formatCount(BOUNDS.warRoomLine)} characters, the limit of one line, and was not run.\n` +
          'Characters up to the next Enter are ignored.\n',
      );
    const end = 'tooLong' in line ? 'failed' : await room.enter(line.text, running.signal);
    running = undefined;
    if (dropped > 0) failed(droppedText(dropped));
    dropped = 0;
    if (end === 'exit') break;
    prompt();
  }
  left = true;
  process.off('SIGHUP', hangUp);
  stopNotices();
  editor.close();
  return 0;
}

function cancelled(): PluginError {
  return new PluginError('CANCELLED', 'The command was cancelled by Ctrl-C.', { hint: 'Run it again.' });
}

function droppedText(count: number): string {
  return count === 1
    ? 'Ctrl-C dropped 1 line that waited; it was not run.\n'
    : `Ctrl-C dropped ${formatCount(count)} lines that waited; they were not run.\n`;
}
