import { attempt, download, notify, setTheme, show } from './actions';
import { get, post, postFor } from './api';
import { positionsOnScreen } from './graph/positions';
import { getState, type Theme, useStore } from './store';
import { Button } from './ui/button';
import { Icon } from './ui/icons';
import { MenuButton } from './ui/menu';

export function TopBar() {
  const name = useStore((state) => state.name);
  const target = useStore((state) => state.target);
  const connected = useStore((state) => state.connected);
  const pane = useStore((state) => state.pane);
  const nodes = useStore((state) => state.graph.nodes.length);
  const theme = useStore((state) => state.theme);
  return (
    <header class="top">
      <div class="brand">
        <h1>{name}</h1>
        <span class={`badge ${target}`}>{target}</span>
        {!connected && <span class="badge offline">not connected</span>}
      </div>
      <nav aria-label="Panes">
        <button
          type="button"
          aria-current={pane === 'room' ? 'page' : undefined}
          onClick={() => show('room')}
        >
          <Icon name="room" />
          War Room
        </button>
        <button
          type="button"
          aria-current={pane === 'graph' ? 'page' : undefined}
          onClick={() => show('graph')}
        >
          <Icon name="graph" />
          Graph{nodes > 0 && <span class="count">{nodes}</span>}
        </button>
      </nav>
      <div class="tools">
        <MenuButton
          icon="report"
          label="Report"
          items={[
            { label: 'Report as HTML', note: 'one file, opens offline', onSelect: () => report('html') },
            { label: 'Report as Markdown', onSelect: () => report('markdown') },
            { label: 'Export investigation', note: 'one file to hand over', onSelect: exportFile },
            { label: 'Import investigation…', onSelect: importFile },
          ]}
        />
        <Button
          icon="theme"
          quiet
          label={`Theme: ${theme}. Change`}
          onClick={() => setTheme(NEXT[getState().theme])}
        />
      </div>
    </header>
  );
}

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

function report(format: 'html' | 'markdown'): void {
  void attempt(async () => {
    const positions = positionsOnScreen();
    const response = await postFor('report', { format, ...(positions === undefined ? {} : { positions }) });
    download(`${getState().name}.${format === 'html' ? 'html' : 'md'}`, await response.blob());
  });
}

function exportFile(): void {
  void attempt(async () => {
    const investigation = await get<unknown>('export');
    const text = JSON.stringify(investigation, null, 2);
    download(`${getState().name}.json`, new Blob([text], { type: 'application/json' }));
  });
}

function importFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'application/json,.json';
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    void attempt(async () => {
      const { lines } = await post<{ lines: number }>('import', await file.text());
      notify(`Imported ${lines} ${lines === 1 ? 'line' : 'lines'}.`);
    });
  };
  input.click();
}
