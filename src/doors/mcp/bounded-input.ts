import { Transform } from 'node:stream';
import {
  CallToolRequestSchema,
  InitializeRequestSchema,
  JSONRPCMessageSchema,
  ListToolsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { BOUNDS } from '../../base/bounds';
import { exceededLimit, isRecord, type JsonObject, parseJson } from '../../base/json';
import { formatCount, sanitize } from '../../base/sanitize';

/** Bytes at each end of a message that is not read, in which its id is looked for. */
const END = 200;

const NEWLINE = 10;
/** Bytes that a JSON message may begin with: a tab, a newline, a carriage return and a space. */
const BLANKS: ReadonlySet<number | undefined> = new Set([9, NEWLINE, 13, 32]);

/** Wrong parameters that an error response names: a message may contain hundreds of thousands. */
const NAMED = 5;

/** JSON-RPC error codes. */
const NOT_JSON = -32700;
const NOT_A_REQUEST = -32600;
const WRONG_PARAMS = -32602;

/** Requests whose parameters are checked here: the SDK calls wrong ones an internal error and returns the report of its validator. */
const REQUESTS = {
  initialize: InitializeRequestSchema,
  'tools/list': ListToolsRequestSchema,
  'tools/call': CallToolRequestSchema,
};

/**
 * Passes JSON-RPC messages on, one per line. A line that is not one (too large, too deep, not JSON) is dropped and gets an error
 * response, with its id where that can be read; the SDK itself would say nothing and leave the client waiting.
 */
export function boundedInput(respond: (line: string) => void): Transform {
  let size = 0;
  let held: Buffer[] = [];
  /** Both ends of a message that is too large. */
  let head = '';
  let tail = '';

  function take(part: Buffer): void {
    size += part.length;
    if (size <= BOUNDS.mcpMessage) {
      held.push(part);
      return;
    }
    if (head === '') head = latin1(Buffer.concat([...held, part]).subarray(0, END));
    held = [];
    tail = (tail + latin1(part.subarray(-END))).slice(-END);
  }

  /** Returns the message of the completed line; an empty text if it was handled here. */
  function finish(): string {
    const text = Buffer.concat(held).toString('utf8');
    const failure = size > BOUNDS.mcpMessage ? tooLarge(head, tail) : whyRefused(text);
    size = 0;
    held = [];
    head = '';
    tail = '';
    if (failure !== undefined) respond(`${JSON.stringify(failure)}\n`);
    return failure === undefined && text.trim() !== '' ? `${text}\n` : '';
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let start = 0; start < chunk.length; ) {
        // Fast path: millions of blank lines take no turn each.
        if (size === 0 && BLANKS.has(chunk[start])) {
          start += 1;
          continue;
        }
        const end = chunk.indexOf(NEWLINE, start);
        take(chunk.subarray(start, end < 0 ? undefined : end));
        if (end < 0) break;
        this.push(finish());
        start = end + 1;
      }
      done();
    },
    flush(done) {
      done(null, finish());
    },
  });
}

function tooLarge(head: string, tail: string): object {
  const bytes = formatCount(BOUNDS.mcpMessage);
  return errorResponse(
    idIn(head, tail),
    NOT_A_REQUEST,
    `The message is larger than ${bytes} bytes and was not read.`,
  );
}

function whyRefused(text: string): object | undefined {
  if (text.trim() === '') return undefined;
  const exceeded = exceededLimit(text);
  if (exceeded !== undefined) {
    const id = idIn(text.slice(0, END), text.slice(-END));
    return errorResponse(id, NOT_A_REQUEST, `The message ${exceeded} and was not read.`);
  }
  const message = parseJson(text);
  if (message === undefined) return errorResponse(null, NOT_JSON, 'The line is not JSON.');
  const id = isRecord(message) && isId(message.id) ? message.id : null;
  if (JSONRPCMessageSchema.safeParse(message).success) {
    const wrong = isRecord(message) && id !== null ? wrongParams(message) : undefined;
    return wrong === undefined ? undefined : errorResponse(id, WRONG_PARAMS, wrong);
  }
  return errorResponse(id, NOT_A_REQUEST, 'The line is not a JSON-RPC 2.0 message.');
}

/** Names the parameters of a request that are missing or wrong; undefined if there are none. */
function wrongParams(request: JsonObject): string | undefined {
  const { method } = request;
  if (typeof method !== 'string' || !Object.hasOwn(REQUESTS, method)) return undefined;
  const issues = REQUESTS[method as keyof typeof REQUESTS].safeParse(request).error?.issues;
  if (issues === undefined) return undefined;
  const all = new Set(issues.map(({ path }) => path.join('.')));
  const rest = all.size - NAMED;
  const names = [...all].slice(0, NAMED).map((name) => sanitize(name).slice(0, BOUNDS.name));
  if (rest > 0) names.push(`${formatCount(rest)} more`);
  return `${method}: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} missing or of the wrong type.`;
}

/** The id in the first or the last bytes of a message, where it can only be the message's own. */
function idIn(head: string, tail: string): string | number | null {
  const found =
    /^\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?"id"\s*:\s*(\d{1,15}|"[\w-]{1,100}")\s*,/.exec(head)?.[1] ??
    /"id"\s*:\s*(\d{1,15}|"[\w-]{1,100}")\s*\}\s*$/.exec(tail)?.[1];
  return found === undefined ? null : JSON.parse(found);
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function errorResponse(id: string | number | null, code: number, message: string): object {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

function latin1(bytes: Buffer): string {
  return bytes.toString('latin1');
}
