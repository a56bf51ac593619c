import { readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { readStdin } from '../../../src/doors/io/stdin';

jest.mock('node:fs', () => ({ ...jest.requireActual('node:fs'), readSync: jest.fn() }));

const NOT_READY = Object.assign(new Error('not ready'), { code: 'EAGAIN' });

/** Lets stdin return these pieces one by one, then its end; an error is thrown. */
function stdinOf(...pieces: (Buffer | Error)[]): void {
  jest.mocked(readSync).mockImplementation((_, target) => {
    const piece = pieces.shift() ?? Buffer.alloc(0);
    if (piece instanceof Error) throw piece;
    return piece.copy(target as Buffer);
  });
}

/** Replaces the stream that is read where stdin is not ready yet. */
function streamOf(pieces: AsyncIterable<Buffer>): void {
  jest.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from(pieces) as never);
}

async function* given(...pieces: (Buffer | Error)[]) {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece;
    yield piece;
  }
}

afterEach(() => jest.restoreAllMocks());

test('a document is read whole, with characters split between two reads', async () => {
  const bytes = Buffer.from('{"command":"ip"} ü');
  stdinOf(bytes.subarray(0, -1), bytes.subarray(-1));
  expect(await readStdin()).toBe('{"command":"ip"} ü');
});

test('no more than 64 KiB are read at once', async () => {
  stdinOf();
  await readStdin();
  expect(jest.mocked(readSync)).toHaveBeenLastCalledWith(0, expect.anything(), 0, 65_536, null);
});

test('a stdin that is not ready is read as a stream, after what arrived before', async () => {
  stdinOf(Buffer.from('one '), NOT_READY);
  streamOf(given(Buffer.from('two '), Buffer.from('three')));
  expect(await readStdin()).toBe('one two three');
});

test('what arrived before a pipe broke is kept', async () => {
  stdinOf(NOT_READY);
  streamOf(given(Buffer.from('one'), new Error('EPIPE')));
  expect(await readStdin()).toBe('one');
});

test.each([
  ['closed', Object.assign(new Error('closed'), { code: 'EBADF' })],
  ['a folder', Object.assign(new Error('a folder'), { code: 'EISDIR' })],
  ['broken in an unknown way', new Error('EAGAIN')],
])('a stdin that is %s is an empty text', async (_, error) => {
  streamOf(given(Buffer.from('not read')));
  stdinOf(error);
  expect(await readStdin()).toBe('');
});

test('an endless document is refused by name while it is read', async () => {
  jest.mocked(readSync).mockReturnValue(65_536);
  await expect(readStdin()).rejects.toMatchObject({
    code: 'TOO_LARGE',
    message: expect.stringContaining('The document on stdin exceeded'),
  });
});

test('so is an endless stream', async () => {
  stdinOf(NOT_READY);
  const piece = Buffer.alloc(64 * 1024 * 1024);
  streamOf(given(piece, piece, piece, piece, piece));
  await expect(readStdin()).rejects.toMatchObject({ code: 'TOO_LARGE' });
});
