import { isRecord } from '../../base/json';

/** Levels that are split: document, entries, entry, context, the list under a key, the lists of a graph. */
const DEPTH = 6;

/** Members of a long list that are converted at once. */
const SLICE = 100;

/** Characters that are written at once. */
const PIECE = 65_536;

/** Returns the JSON text of a document in pieces, because one string for a long list would take several times its memory. */
export function* jsonChunks(document: unknown): Generator<string> {
  let piece = '';
  for (const part of parts(document, DEPTH)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* parts(value: unknown, depth: number): Generator<string> {
  const isList = Array.isArray(value);
  if (depth === 0 || !(isList || isRecord(value))) yield JSON.stringify(value) ?? 'null';
  else if (isList && value.length > SLICE) yield* slices(value);
  else if (isList)
    yield* members(
      '[]',
      value.map((item) => ['', item]),
      depth,
    );
  else {
    const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
    yield* members(
      '{}',
      given.map(([name, inner]) => [`${JSON.stringify(name)}:`, inner]),
      depth,
    );
  }
}

function* slices(list: readonly unknown[]): Generator<string> {
  for (let at = 0; at < list.length; at += SLICE)
    yield (at === 0 ? '[' : ',') + JSON.stringify(list.slice(at, at + SLICE)).slice(1, -1);
  yield ']';
}

function* members(
  [open, close]: string,
  pairs: readonly (readonly [string, unknown])[],
  depth: number,
): Generator<string> {
  let before = open;
  for (const [name, value] of pairs) {
    yield `${before}${name}`;
    yield* parts(value, depth - 1);
    before = ',';
  }
  yield pairs.length === 0 ? `${open}${close}` : `${close}`;
}
