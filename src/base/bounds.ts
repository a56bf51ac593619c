const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * The largest inputs that the plugin works on. Everything that comes from outside is measured against this table before it is
 * parsed, matched or kept, so that no input costs more than linear time or exhausts memory.
 */
export const BOUNDS = {
  /** Bytes (characters of text plus `VALUE_BYTES` per JSON value) that one command, document or message may contain. */
  commandBytes: 256 * MIB,
  /** Share of V8's heap limit that one command may use, if that is less: a result exists in several forms at once. */
  heapShare: 1 / 6,
  /** Bytes that one parsed JSON value is counted for in addition to its text. */
  valueBytes: 48,
  /** Bytes of one HTTP response, counted after decompression. */
  responseBytes: 64 * MIB,
  /** Bytes of one response of a login service or a managed identity endpoint. */
  loginBytes: MIB,
  /** Levels of nesting of a JSON document; Graph's own have fewer than ten. */
  jsonDepth: 200,
  /** Values in a JSON document: in memory each costs many times the two bytes that it may have on the wire. */
  jsonValues: 2_000_000,
  /** Characters of one line: a document of `serve` or `xsoar-loop`. */
  line: 16 * MIB,
  /** Characters of the documents that `serve` works on and that wait for their turn. */
  readAhead: 64 * MIB,
  /** Characters of one line of the War Room, which is stored with its result. */
  warRoomLine: MIB,
  /** Bytes of one file of settings that a user names: a profile, parameters, a key. */
  userFile: 16 * MIB,
  /** Bytes of one MCP message; a call of a tool needs a few hundred. */
  mcpMessage: 1_000_000,
  /** Characters of one observable in the input of `enrich`, and of one CSV cell. */
  cell: MIB,
  /** Columns of a CSV that are searched for observables if no column is named. */
  columns: 1_000,
  /** Characters of the address of a next page. */
  url: 64 * KIB,
  /** Times that an address may be percent-encoded over and over. */
  encodings: 5,
  /** Characters of one header value that is interpreted. */
  header: 256,
  /** Characters of an observable as typed: a whole URL may be pasted. */
  observable: 8 * KIB,
  /** Characters of a host name before it is converted to ASCII; DNS itself allows 253 after it. */
  hostName: 1_000,
  /** Values of one list argument, such as the hosts of a command; `enrich` takes a list of any length. */
  listValues: 50_000,
  /** Characters of a parameter; a certificate with its key has a few thousand. */
  parameter: 64 * KIB,
  /** Characters of a record id. */
  recordId: 4 * KIB,
  /** Characters of a command, argument or parameter name that is compared with the known ones. */
  name: 100,
  /** Characters of a user's value that an error quotes. */
  quoted: 100,
  /** Characters of someone else's text that is repeated. */
  foreignText: 2_000,
  /** Characters of an error message or a hint. */
  message: 8_000,
  /** Characters of one log line. */
  logLine: 16 * KIB,
  /** Secrets of a process that are masked by value; the oldest is dropped. */
  knownSecrets: 512,
} as const;
