import { useState } from 'preact/hooks';
import type { WebEntry, WebLine, WebTable } from '../../shared/protocol';
import { attempt, copy } from '../actions';
import { get } from '../api';
import { Button } from '../ui/button';
import { DataTable } from './data-table';
import { Markdown } from './markdown';

/** One line and its entries. */
export function LineCard({ line }: { line: WebLine }) {
  return (
    <article class="line" aria-label={line.line}>
      <header>
        <code>{line.line}</code>
        {line.door === 'terminal' && <span class="badge">terminal</span>}
        <time dateTime={line.at} title={line.at}>
          {line.at.slice(0, 10)} {line.at.slice(11, 16)} UTC
        </time>
        <Button icon="copy" quiet label="Copy this line" onClick={() => copy(line.line, 'the line')} />
      </header>
      {line.entries.map((entry, index) => (
        <Entry key={index} entry={entry} line={line.id} index={index} />
      ))}
    </article>
  );
}

function Entry({ entry, line, index }: { entry: WebEntry; line: string; index: number }) {
  const [table, setTable] = useState<WebTable | undefined>();
  const load = () =>
    void attempt(async () => setTable(await get<WebTable>('table', { line, entry: String(index) })));
  return (
    <div class={`entry ${entry.kind}`}>
      {entry.kind !== 'result' && (
        <span class="entry-kind">{entry.kind === 'error' ? '✕ Error' : '! Warning'}</span>
      )}
      {table === undefined ? (
        <Markdown text={entry.markdown} />
      ) : (
        <DataTable columns={table.columns} rows={table.rows} name={line} />
      )}
      {entry.cut !== undefined && <p class="hint">The text is cut here; the export contains all of it.</p>}
      {entry.rows !== undefined && (
        <button
          type="button"
          class="link"
          onClick={() => (table === undefined ? load() : setTable(undefined))}
        >
          {table === undefined
            ? `All fields of ${entry.rows} ${entry.rows === 1 ? 'row' : 'rows'}`
            : 'Back to the summary'}
        </button>
      )}
    </div>
  );
}
