import { useMemo, useRef, useState } from 'preact/hooks';
import { copy, download } from '../actions';
import { Button } from '../ui/button';
import { csvOf, filterRows, sortRows } from './table-rows';

interface DataTableProps {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Of the file that it is exported to. */
  readonly name: string;
}

/** Rows above which only those in view are drawn. */
const WINDOWED = 60;
const ROW_HEIGHT = 30;
const VIEW_HEIGHT = 420;
const OVERSCAN = 10;

/** Characters of a cell that is never wrapped, and of a word that is cut. */
const SHORT = 24;
const LONG = 44;

/** A table that sorts, filters, copies and exports. A long one draws only the rows in view. */
export function DataTable({ columns, rows, name }: DataTableProps) {
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<{ column: number; down: boolean } | undefined>();
  const [top, setTop] = useState(0);
  const frame = useRef(0);
  const shown = useMemo(() => {
    const kept = filterRows(rows, filter);
    return sort === undefined ? kept : sortRows(kept, sort.column, sort.down);
  }, [rows, filter, sort]);
  const windowed = shown.length > WINDOWED;
  const first = windowed ? Math.max(0, Math.floor(top / ROW_HEIGHT) - OVERSCAN) : 0;
  const last = windowed
    ? Math.min(shown.length, Math.ceil((top + VIEW_HEIGHT) / ROW_HEIGHT) + OVERSCAN)
    : shown.length;
  const many = rows.length > 5;

  return (
    <div class="data-table">
      {many && (
        <div class="table-tools">
          <input
            type="search"
            value={filter}
            placeholder="Filter rows"
            aria-label="Filter rows"
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
          <span class="hint" role="status">
            {shown.length === rows.length ? `${rows.length} rows` : `${shown.length} of ${rows.length} rows`}
          </span>
          <Button
            icon="copy"
            quiet
            label="Copy as CSV"
            onClick={() => copy(csvOf(columns, shown), 'the rows as CSV')}
          />
          <Button
            icon="download"
            quiet
            label="Export as CSV"
            onClick={() => download(`${name}.csv`, new Blob([csvOf(columns, shown)], { type: 'text/csv' }))}
          />
        </div>
      )}
      <div
        class={`table-scroll${windowed ? ' windowed' : ''}`}
        tabIndex={0}
        role="group"
        aria-label="Rows"
        onScroll={({ currentTarget }) => {
          if (!windowed) return;
          const { scrollTop } = currentTarget;
          cancelAnimationFrame(frame.current);
          frame.current = requestAnimationFrame(() => setTop(scrollTop));
        }}
      >
        <table aria-rowcount={shown.length + 1}>
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th
                  key={column}
                  aria-sort={sort?.column === at ? (sort.down ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    onClick={() => setSort({ column: at, down: sort?.column === at && !sort.down })}
                  >
                    {column}
                    <span aria-hidden="true">{sort?.column === at ? (sort.down ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && (
              <tr class="spacer" aria-hidden="true">
                <td colSpan={columns.length} height={first * ROW_HEIGHT} />
              </tr>
            )}
            {shown.slice(first, last).map((row, index) => (
              <tr key={first + index} aria-rowindex={first + index + 2}>
                {columns.map((column, at) => (
                  <td
                    key={column}
                    class={cellClass(row[at] ?? '')}
                    title={windowed || isLong(row[at]) ? row[at] : undefined}
                  >
                    {row[at]}
                  </td>
                ))}
              </tr>
            ))}
            {last < shown.length && (
              <tr class="spacer" aria-hidden="true">
                <td colSpan={columns.length} height={(shown.length - last) * ROW_HEIGHT} />
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** A cell that is nothing but a verdict is colored; the word stays. Dates and other short strings stay in one line. */
function cellClass(cell: string): string | undefined {
  if (cell === 'malicious' || cell === 'suspicious' || cell === 'neutral') return `verdict ${cell}`;
  if (isLong(cell)) return 'long';
  return cell.length <= SHORT ? 'short' : undefined;
}

/** An opaque id: it is shown cut, and selected and copied whole. */
function isLong(cell = ''): boolean {
  return cell.length > LONG && !/\s/.test(cell);
}
