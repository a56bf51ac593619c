import { isRecord } from '../../base/json';
import { sanitizeMultiline } from '../../base/sanitize';
import { toContext } from '../../output/to-context';
import type { WebTable } from './shared/protocol';

const MAX_ROWS = 100_000;
const MAX_COLUMNS = 120;
const MAX_CELL = 2_000;

/** Every property of a list of objects as columns: `registrar.organization`. */
export function fullTable(contents: unknown): WebTable {
  const objects = (Array.isArray(contents) ? contents : [contents]).slice(0, MAX_ROWS).filter(isRecord);
  const columns = new Map<string, number>();
  const rows = objects.map((object) => {
    const row: string[] = [];
    for (const [name, value] of leaves(toContext(object), '')) {
      if (!columns.has(name) && columns.size < MAX_COLUMNS) columns.set(name, columns.size);
      // A value of one column too many goes behind the last one, where it is cut off.
      row[columns.get(name) ?? MAX_COLUMNS] = value;
    }
    return row;
  });
  const width = columns.size;
  return {
    columns: [...columns.keys()],
    rows: rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? '')),
  };
}

function* leaves(value: unknown, path: string): Generator<readonly [string, string]> {
  if (isRecord(value)) {
    for (const [name, inner] of Object.entries(value))
      yield* leaves(inner, path === '' ? name : `${path}.${name}`);
  } else if (value !== null) {
    yield [path, sanitizeMultiline(textOf(value).slice(0, MAX_CELL))];
  }
}

function textOf(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.some((item) => typeof item === 'object') ? JSON.stringify(value) : value.join('; ');
}
