import { BOUNDS } from '../../base/bounds';
import { PluginError, toPluginError } from '../../base/errors';
import { exceededLimit, isRecord, type JsonObject, parseJson } from '../../base/json';
import { PlainAbort } from '../../base/plain-abort';
import { formatCount } from '../../base/sanitize';
import { errorRecord } from '../../engine/invocation';
import { NO_INSTRUMENTS, tenantLabel } from '../../metrics/instruments';
import { errorEntry } from '../../xsoar/entry';
import type { Line } from '../io/line-reader';
import { PLATFORM, type RunOptions, runDocument } from '../run/run';
import { documentQueue } from './document-queue';
import { pool, tenantOf } from './pool';

/** Milliseconds that documents get to finish once the process is requested to end. */
export const DRAIN = 10_000;

/** Extra time to wait for the reader after `DRAIN`, as a share of it. */
const UNREAD = 0.1;

export interface ServeOptions extends Omit<RunOptions, 'shared' | 'signal'> {
  /**
   * Aborted when the process must end: documents in progress get `drain` milliseconds, then they are cancelled. Responses that the
   * reader has still not read are lost.
   */
  readonly signal?: AbortSignal;
  readonly drain?: number;
  /** Called for each line that gets a response, before it. */
  readonly onDocument?: () => void;
  /** Called for each of these responses when its turn to be written has come. */
  readonly onResponse?: () => void;
  /** Characters of documents in progress and waiting; then no further line is read. */
  readonly readAhead?: number;
}

/**
 * `mdti serve`: one document of `mdti run` with an `id` per line in, one response with that `id` per line out, in the order in which
 * they finish. `{"cancel": ID}` cancels the document with that id, whose response is then a CANCELLED error. A line that is not JSON
 * gets a response with the id null. A document with `"door": "xsoar"` also gets `{"state": {…}, "for": ID}` when its state changes.
 * @param write resolves when it is ready for more, so a slow reader slows reading down; its signal stops the wait for the reader
 */
export async function serve(
  lines: AsyncIterable<Line>,
  write: (line: string, signal: AbortSignal) => Promise<void> | void,
  { signal, drain = DRAIN, readAhead = BOUNDS.readAhead, onDocument, onResponse, ...options }: ServeOptions,
): Promise<void> {
  const own = { ...options, shared: pool(options) };
  const queue = documentQueue();
  const running = new Map<string, Set<PlainAbort>>();
  let waiting = 0;
  /** Ends the wait for a document in progress to end. */
  let room = () => {};
  let written: Promise<void> = Promise.resolve();
  const unread = new AbortController();
  const stops = [
    callAfter(drain, signal, () => cancel(undefined, cancelled('mdti serve is ending.'))),
    callAfter(drain * (1 + UNREAD), signal, () => unread.abort()),
  ];

  let lost = 0;

  async function writeNext(message: JsonObject, onTurn?: () => void): Promise<void> {
    onTurn?.();
    try {
      if (!unread.signal.aborted) await write(`${textOf(message)}\n`, unread.signal);
    } catch (error) {
      if (!unread.signal.aborted)
        options.log('error', 'a response could not be written', { fault: String(error) });
    }
    if (unread.signal.aborted) lost += 1;
  }

  /** Writes one message after the other. Never rejects. */
  function send(message: JsonObject, onTurn?: () => void): Promise<void> {
    written = written.then(() => writeNext(message, onTurn));
    return written;
  }

  function reject(error: PluginError): Promise<void> {
    onDocument?.();
    return send({ id: null, ...failure(error) }, onResponse);
  }

  function accept(document: unknown, size: number): void {
    onDocument?.();
    const id = isRecord(document) ? (document.id ?? null) : null;
    const name = JSON.stringify(id);
    const cancelling = new PlainAbort();
    const others = running.get(name) ?? new Set();
    running.set(name, others.add(cancelling));
    waiting += size;
    queue.add(tenantOf(document), async () => {
      try {
        const run = { ...own, signal: cancelling, onState: stateWriter(document, id) };
        await send({ id, ...(await responseTo(document, run)) }, onResponse);
      } finally {
        others.delete(cancelling);
        if (others.size === 0) running.delete(name);
        waiting -= size;
        room();
      }
    });
  }

  /** The platform's code stores a state change at once: until the command ends, another command could change the state too. */
  function stateWriter(document: unknown, id: unknown): RunOptions['onState'] {
    if (!isRecord(document) || document.door !== PLATFORM) return undefined;
    return (state) => void send({ state, for: id });
  }

  function cancel(id: unknown, reason: PluginError): void {
    const all = id === undefined ? [...running.values()] : [running.get(JSON.stringify(id)) ?? new Set()];
    for (const controllers of all) for (const controller of controllers) controller.abort(reason);
  }

  function take(document: unknown, size: number): void {
    if (isRecord(document) && document.cancel !== undefined && document.command === undefined)
      cancel(document.cancel, cancelled('The document was cancelled.'));
    else accept(document, size);
  }

  let number = 0;

  /** Starts the command of a line. @returns the error for a line that cannot be read */
  function read(line: Line): PluginError | undefined {
    number += 1 + (line.emptyBefore ?? 0);
    if ('tooLong' in line) return refused(number, `has more than ${formatCount(line.tooLong)} characters`);
    if (line.text.trim() === '') return undefined;
    const limit = exceededLimit(line.text);
    if (limit !== undefined) return refused(number, limit);
    const document = parseJson(line.text);
    if (document === undefined) return refused(number, 'is not JSON');
    if (!isRecord(document)) return refused(number, 'is not a JSON object');
    take(document, line.text.length);
    return undefined;
  }

  const next = linesUntil(lines, signal);
  for (let line = await next(); line !== undefined; line = await next()) {
    const error = read(line);
    if (error !== undefined) await reject(error);
    while (waiting > readAhead)
      await new Promise<void>((resolve) => {
        room = resolve;
      });
  }
  await queue.idle();
  await written;
  for (const stop of stops) stop();
  if (lost > 0) options.log('error', 'the reader did not read all responses', { responses: lost });
}

async function responseTo(document: unknown, options: RunOptions): Promise<JsonObject> {
  const { instruments = NO_INSTRUMENTS } = options;
  const { command, params } = isRecord(document) ? document : {};
  // A value of JSON may be an object that has no text: `{"toString": null}`.
  const name = typeof command === 'string' ? command.slice(0, BOUNDS.name) : '';
  const attributes = { command: name, tenant: tenantLabel(isRecord(params) ? params : {}) };
  try {
    const { document: response } = await instruments.span('document', attributes, () =>
      runDocument(document, options),
    );
    return response;
  } catch (error) {
    return failure(toPluginError(error));
  }
}

/**
 * Returns a function that reads the next line; undefined at the end and once the signal is aborted, also while a line is awaited.
 * A `Promise.race` with the abort would keep every line in memory, and a generator would make each line a tenth slower.
 */
function linesUntil(
  lines: AsyncIterable<Line>,
  signal: AbortSignal | undefined,
): () => Promise<Line | undefined> {
  const iterator = lines[Symbol.asyncIterator]();
  let stop = () => {};
  signal?.addEventListener('abort', () => stop());
  return () =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return resolve(undefined);
      stop = () => resolve(undefined);
      iterator.next().then(({ done, value }) => resolve(done ? undefined : value), reject);
    });
}

/** Calls back a time in milliseconds after the abort; returns a function that prevents it. */
function callAfter(milliseconds: number, signal: AbortSignal | undefined, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(call, milliseconds);
  };
  signal?.addEventListener('abort', begin);
  return () => clearTimeout(timer);
}

/** A value that JSON cannot write costs one error response. */
function textOf(response: JsonObject): string {
  try {
    return JSON.stringify(response);
  } catch (error) {
    return JSON.stringify({ id: null, ...failure(toPluginError(error)) });
  }
}

function failure(error: PluginError): JsonObject {
  return { entries: [errorEntry(error)], errors: [errorRecord(error)] };
}

function refused(number: number, why: string): PluginError {
  return new PluginError('INVOCATION_UNREADABLE', `Line ${formatCount(number)} of stdin ${why}.`, {
    hint: 'Send one document of `mdti run` per line.',
  });
}

function cancelled(message: string): PluginError {
  return new PluginError('CANCELLED', message, { hint: 'Send the document again.' });
}
