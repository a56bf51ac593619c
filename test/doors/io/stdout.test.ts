import { EventEmitter } from 'node:events';
import { endWithStdout, flushStdout, isUnread, writeData, writeStdout } from '../../../src/doors/io/stdout';

/** A stdout that takes one text at a time if `full`. */
class Output extends EventEmitter {
  readonly written: string[] = [];
  writableNeedDrain = false;
  writableLength = 0;
  isTTY: boolean | undefined;
  full = false;

  taken: (() => void) | undefined;

  write(text: string, taken?: () => void): boolean {
    this.written.push(text);
    this.taken = taken;
    return !this.full;
  }
}

let output: Output;
beforeEach(() => {
  output = new Output();
  jest.spyOn(process, 'stdout', 'get').mockReturnValue(output as never);
});
afterEach(() => jest.restoreAllMocks());

/** Whether a promise is settled once everything that is ready ran. */
async function isDone(work: Promise<unknown>): Promise<boolean> {
  const later = new Promise<'pending'>((resolve) => setImmediate(resolve, 'pending'));
  return (await Promise.race([work.then(() => 'done'), later])) === 'done';
}

test('a pipe gets the text itself, at once', async () => {
  expect(await isDone(writeStdout('\u001b[2J\n'))).toBe(true);
  expect(output.written).toEqual(['\u001b[2J\n']);
});

test('a terminal gets our own styles, and none that data contain', async () => {
  output.isTTY = true;
  await writeStdout('\u001b[1m bold\u001b[22m \u001b[2J');
  await writeData('\u001b[1m bold');
  expect(output.written).toEqual(['\u001b[1m bold\u001b[22m \\u001b[2J', '\\u001b[1m bold']);
});

test('a pipe gets data unchanged', async () => {
  await writeData('\u001b[1m bold');
  expect(output.written).toEqual(['\u001b[1m bold']);
});

test('a slow reader is waited for', async () => {
  output.full = true;
  const work = writeStdout('text');
  expect(await isDone(work)).toBe(false);
  output.emit('drain');
  await work;
});

test('Ctrl-C ends the wait for a reader, with its reason', async () => {
  output.full = true;
  const interrupted = new AbortController();
  const work = writeStdout('text', interrupted.signal);
  const reason = new Error('Interrupted by SIGINT.');
  interrupted.abort(reason);
  await expect(work).rejects.toBe(reason);
});

test.each([undefined, new AbortController().signal])(
  'a failure while waiting for a reader is passed on',
  async (signal) => {
    jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    output.full = true;
    const work = writeStdout('text', signal);
    const failure = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    output.emit('error', failure);
    await expect(work).rejects.toBe(failure);
  },
);

test('a reader that is gone ends the process as SIGPIPE would', () => {
  const exit = jest.spyOn(process, 'exit').mockImplementation((status) => {
    throw new Error(`exit ${status}`);
  });
  for (let call = 0; call < 20; call++) endWithStdout();
  expect(output.listenerCount('error')).toBe(1);
  expect(() => output.emit('error', Object.assign(new Error(), { code: 'EPIPE' }))).toThrow('exit 141');
  expect(exit).toHaveBeenCalledTimes(1);
});

test('a full disk is reported on stderr before the process exits with 1', () => {
  const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  endWithStdout();
  output.emit('error', Object.assign(new Error(), { code: 'ENOSPC' }));
  expect(exit).not.toHaveBeenCalled();
  const [text, written] = write.mock.calls[0] as unknown as [string, () => void];
  expect(text).toBe(
    'stdout: the result cannot be written (ENOSPC). Check where stdout points to and run the command again.\n',
  );
  written();
  expect(exit).toHaveBeenCalledWith(1);
});

test('reports whether written text waits for its reader', () => {
  expect(isUnread()).toBe(false);
  output.writableNeedDrain = true;
  expect(isUnread()).toBe(true);
});

test('waits until the reader has read everything, up to a time limit', async () => {
  expect(await flushStdout(0)).toBe(true);
  output.writableLength = 1;
  expect(await flushStdout(1)).toBe(false);
  const flushed = flushStdout(600_000);
  output.taken?.();
  expect(await flushed).toBe(true);
  expect(output.written.join('')).toBe('');
});
