import { PluginError } from '../../base/errors';
import { isRecord, type JsonObject, parseJson } from '../../base/json';
import { csvLine } from '../../enrich/formats/csv';
import type { GraphFormatName } from '../../investigation/formats/formats';
import type { Lookup } from '../../output/lookups';
import { toContext } from '../../output/to-context';
import { isErrorEntry } from '../../xsoar/entry';
import type { ExecutedLine } from '../war-room/execute-line';
import type { ResultForPeople } from './for-people';
import { invocationError } from './invocation-error';
import type { OutputFormat } from './output-formats';
import { inCommandLineWords } from './own-words';
import { jsonText, listOf, valuesAsText } from './plain-text';
import { render, type Screen } from './terminal';

/** Returns the text for stdout; errors among the entries go to stderr. @param query a JMESPath expression */
export async function formatResult(
  executed: ExecutedLine,
  format: OutputFormat | undefined,
  screen: Screen,
  query?: string,
  note: (text: string) => void = () => {},
  inWords: (text: string) => string = inCommandLineWords,
): Promise<string> {
  if (query === undefined && (format === undefined || format === 'table'))
    return tables(executed, screen, inWords);
  const graph = await graphText(executed, format);
  if (graph !== undefined)
    return query === undefined || graph === '' ? graph : queriedGraph(graph, format, query, note);
  const value = structured(executed, format);
  if (query === undefined) return write(value, format);
  const { search } = await import('./query');
  const found = search(value, query);
  noteNothing(value, found, note);
  return format === undefined || format === 'table' ? valuesAsText(found) : write(found, format);
}

/**
 * The graph of `expand` in a format for graphs; undefined for any other format.
 * @throws PluginError ARGUMENT_INVALID if the command found no graph
 */
async function graphText(
  executed: ExecutedLine,
  format: OutputFormat | undefined,
): Promise<string | undefined> {
  const { GRAPH_FORMATS } = await import('../../investigation/formats/formats');
  if (!Object.hasOwn(GRAPH_FORMATS, String(format))) return undefined;
  const graph = graphOf(executed);
  if (graph !== undefined) return GRAPH_FORMATS[format as GraphFormatName](graph as never);
  if (executed.entries.some(isErrorEntry)) return '';
  throw new PluginError('ARGUMENT_INVALID', `-o ${format} is for graphs, and this command returns none.`, {
    hint: `Run \`mdti expand HOST -o ${format}\`.`,
  });
}

/** @throws PluginError INVOCATION_UNREADABLE for a graph that is not JSON */
async function queriedGraph(
  graph: string,
  format: OutputFormat | undefined,
  query: string,
  note: (text: string) => void,
): Promise<string> {
  const value = parseJson(graph);
  const { search } = await import('./query');
  if (value !== undefined) {
    const found = search(value, query);
    noteNothing(value, found, note);
    return jsonText(found);
  }
  throw invocationError(
    `-q cannot be combined with -o ${format}.`,
    'Use -o json-graph or -o stix, which are JSON.',
  );
}

/** Names that a note lists. */
const MOST_NAMES = 12;

/** Describes the input of a query that matched nothing. */
function noteNothing(value: unknown, found: unknown, note: (text: string) => void): void {
  if (found === null || (Array.isArray(found) && found.length === 0))
    note(`-q matched nothing: the result is ${shapeOf(value)}.`);
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) {
    const first = value.find(isRecord);
    return value.length === 0
      ? 'an empty list'
      : first === undefined
        ? 'a list'
        : `a list of objects with ${namesIn(first)}`;
  }
  return isRecord(value) ? `an object with ${namesIn(value)}` : 'empty';
}

function namesIn(object: JsonObject): string {
  const names = Object.keys(object);
  return [...names.slice(0, MOST_NAMES), ...(names.length > MOST_NAMES ? ['…'] : [])].join(', ');
}

/** The graph that `expand` found. */
function graphOf({ entries }: ExecutedLine): JsonObject | undefined {
  const graphs = entries.map(({ Contents }) => (isRecord(Contents) ? Contents.Graph : undefined));
  return graphs.find(isRecord);
}

/** The tables of the entries, as a user reads them. @param inWords of the interface that shows them */
export function tables(
  executed: ResultForPeople,
  screen: Screen,
  inWords: (text: string) => string = (text) => text,
): string {
  if (executed.system?.rawResponse) return jsonText(contents(executed));
  return found(executed)
    .map((entry) => render(inWords(entry.HumanReadable ?? String(entry.Contents)), screen))
    .join('\n');
}

/** The value that a query is applied to and that a format writes. */
function structured(executed: ExecutedLine, format: OutputFormat | undefined): unknown {
  if (format === 'context') return executed.context;
  if (format === 'csv') return rowsOf(executed, toContext);
  return format === 'ndjson' ? rowsOf(executed) : document(executed);
}

async function write(value: unknown, format: OutputFormat | undefined): Promise<string> {
  if (format === 'csv') return csv(listOf(value));
  if (format === 'ndjson') return ndjson(listOf(value));
  if (format !== 'yaml') return jsonText(value);
  return (await import('./yaml')).yaml(value);
}

/** One JSON object per line. */
export function ndjson(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Graph's own objects: one for a single observable, else a list. A child also contains the id of its parent. */
function document(executed: ExecutedLine): unknown {
  const { lookups } = executed;
  if (lookups === undefined || graphOf(executed) !== undefined) return contents(executed);
  const objects = lookups.flatMap((lookup) =>
    lookup.rows.map((row) => (lookup.isParent ? withSubject(lookup, row) : row)),
  );
  const [only, ...others] = found(executed);
  const isList = others.length > 0 || Array.isArray(only?.Contents);
  return isList ? objects : (objects[0] ?? null);
}

/** Returns `Contents` for scripts: of the only entry, or a list if there are several. */
function contents(executed: ResultForPeople): unknown {
  const all = found(executed).map((entry) => entry.Contents);
  return all.length === 1 ? all[0] : all;
}

/**
 * A row for each object, and one for each observable without an object, even if all of them failed. The id comes first; `status` and
 * `error` follow where something is missing.
 */
function rowsOf(executed: ExecutedLine, shape = (row: unknown) => row): unknown[] {
  const { lookups } = executed;
  if (lookups === undefined) return listOf(contents(executed)).flat().map(shape);
  const complete = lookups.every(({ notFound, error }) => !notFound && error === undefined);
  return lookups.flatMap((lookup) => {
    const status = complete || lookup.subject === undefined ? {} : statusOf(lookup);
    const rows = lookup.rows.map((row) => withSubject(lookup, shape(row), status));
    return rows.length === 0 ? statusRows([lookup]) : rows;
  });
}

/** A row for each observable that was not found or failed. A search that failed has no observable: its error is on stderr only. */
export function statusRows(lookups: readonly Lookup[]): unknown[] {
  return lookups
    .filter(({ subject, notFound, error }) => subject !== undefined && (notFound || error !== undefined))
    .map((lookup) => withSubject(lookup, {}, statusOf(lookup)));
}

export function withSubject(
  { subject }: Pick<Lookup, 'subject'>,
  row: unknown,
  status: JsonObject = {},
): unknown {
  const id = subject === undefined ? {} : { [subject.name]: subject.id };
  return isRecord(row) ? { ...id, ...status, ...row } : row;
}

/** `error` is always set, so that it is a column next to `status`; JSON omits it if it is undefined. */
function statusOf({ rows, notFound, error }: Lookup): JsonObject {
  if (error === undefined) return { status: notFound ? 'not found' : 'found', error: undefined };
  return { status: rows.length === 0 ? 'failed' : 'incomplete', error: error.message };
}

function found({ entries }: ResultForPeople) {
  return entries.filter((entry) => !isErrorEntry(entry));
}

/** Writes rows as CSV (RFC 4180): a column for each leaf (`registrar.organization`), in order of appearance. */
export function csv(rows: readonly unknown[]): string {
  const flat = rows.map((row) => new Map(leaves(row)));
  const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  if (columns.length === 0) return '';
  const lines = [columns, ...flat.map((row) => columns.map((column) => row.get(column) ?? ''))];
  return lines.map(csvLine).join('');
}

/** Flattens an object; a list of plain values is one cell, joined by semicolons, a list of objects is JSON. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (isRecord(value))
    return Object.entries(value).flatMap(([name, inner]) =>
      leaves(inner, path === '' ? name : `${path}.${name}`),
    );
  return [[path === '' ? 'value' : path, text(value)]];
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  return value.some((item) => typeof item === 'object') ? JSON.stringify(value) : value.join('; ');
}
