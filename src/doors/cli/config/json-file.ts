import { isPluginError, PluginError } from '../../../base/errors';
import { parseJson } from '../../../base/json';
import { isMissingOrBelowFile } from '../../../state/files';
import { readUserFile } from '../../../state/user-file';

/**
 * Reads a JSON file of the user; undefined if there is none.
 * @throws PluginError CONFIG_INVALID for a file that cannot be read, and naming the line and column of an error in it.
 */
export function readJsonFile(file: string): unknown {
  const text = contentOf(file)?.replace(/^\uFEFF/, '');
  if (text === undefined) return undefined;
  const value = parseJson(text);
  if (value !== undefined) return value;
  const { line, column, expected } = jsonError(text);
  throw new PluginError(
    'CONFIG_INVALID',
    `${file} is not valid JSON: line ${line}, column ${column}: ${expected}.`,
    {
      hint: 'Fix the JSON at that position: put strings and names in double quotes, and no comma after the last member.',
    },
  );
}

function contentOf(file: string): string | undefined {
  try {
    return readUserFile(file);
  } catch (error) {
    if (isPluginError(error) && isMissingOrBelowFile(error.cause)) return undefined;
    throw error;
  }
}

interface JsonError {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfn]|[rt]|u[\da-f]{4}))*"/iuy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/iy;

/** Finds the first error of a string that is not JSON. Messages of `JSON.parse` name a place only in newer versions of Node. */
function jsonError(text: string): JsonError {
  let at = 0;
  function fail(expected: string): never {
    const before = text.slice(0, at);
    const line = before.split('\n').length;
    throw { line, column: at - before.lastIndexOf('\n'), expected } satisfies JsonError;
  }
  function space(): void {
    match(SPACE);
  }
  function skip(character: string): boolean {
    space();
    if (text[at] !== character) return false;
    at++;
    return true;
  }
  function match(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found !== undefined;
  }
  function members(close: string, member: () => void): void {
    if (skip(close)) return;
    do member();
    while (skip(','));
    if (!skip(close)) fail(`expected "," or "${close}"`);
  }
  function property(): void {
    space();
    if (!match(STRING)) fail('expected a name in double quotes');
    if (!skip(':')) fail('expected ":"');
    value();
  }
  function value(): void {
    if (skip('{')) members('}', property);
    else if (skip('[')) members(']', value);
    else if (!match(STRING) && !match(SCALAR)) fail('expected a value');
  }
  try {
    value();
    space();
    return fail('unexpected text after the end');
  } catch (error) {
    return error as JsonError;
  }
}
