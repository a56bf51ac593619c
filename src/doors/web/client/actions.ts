import type { WebDetails, WebEvent, WebGraph, WebSetup, WebState, WebView } from '../shared/protocol';
import { ApiError, get, post } from './api';
import { getState, type Pane, setState, type Theme } from './store';

const MAX_LINES = 300;
const MAX_UNDO = 100;

/** Milliseconds between a change of the picture and its being stored. */
const SAVE_DELAY = 500;

let toastTimer = 0;

export function notify(text: string, bad = false): void {
  clearTimeout(toastTimer);
  setState({ toast: { text, bad } });
  toastTimer = window.setTimeout(() => setState({ toast: undefined }), bad ? 12_000 : 5_000);
}

/** Does something, and shows what went wrong. */
export async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) setState({ phase: 'signed-out' });
    else notify(error instanceof Error ? error.message : String(error), true);
  }
}

export async function load(): Promise<void> {
  const setup = getState().setup.commands.length > 0 ? getState().setup : await get<WebSetup>('setup');
  const fresh = await get<WebState>('state');
  setState({ ...fresh, setup, phase: 'ready', revision: getState().revision + 1 });
  document.title = `${fresh.name} · mdti`;
  await loadGraph();
}

async function loadGraph(): Promise<void> {
  const graph = await get<WebGraph>('graph');
  setState({ graph });
  const { selected } = getState();
  if (selected !== undefined && graph.nodes.some(({ id }) => id === selected)) await loadDetails(selected);
}

async function loadDetails(id: string): Promise<void> {
  const details = await get<WebDetails>('details', { node: id });
  if (getState().selected === id) setState({ details });
}

/** Takes what the server sends. */
export function receive(event: WebEvent): void {
  const { lines, jobs, revision } = getState();
  switch (event.type) {
    case 'lines': {
      const known = new Set(event.replace ? [] : lines.map(({ id }) => id));
      const added = event.lines.filter(({ id }) => !known.has(id));
      const all = event.replace ? [...event.lines] : [...lines, ...added];
      setState({ lines: all.slice(-MAX_LINES), revision: revision + 1 });
      if (event.from === 'terminal') notify(`The terminal added: ${added.at(-1)?.line ?? ''}`);
      void attempt(loadGraph);
      return;
    }
    case 'job':
      setState({ jobs: [...jobs.filter(({ id }) => id !== event.job.id), event.job] });
      return;
    case 'job-ended':
      setState({ jobs: jobs.filter(({ id }) => id !== event.id) });
      if (event.problem !== undefined) notify(event.problem, true);
      return;
    case 'view':
      if (JSON.stringify(event.view) !== JSON.stringify(getState().view)) setState({ view: event.view });
      return;
    case 'target':
      setState({ graph: { nodes: [], edges: [], omitted: 0 }, selected: undefined, details: undefined });
      void attempt(load);
  }
}

export function startLine(line: string): Promise<void> {
  return attempt(() => post('run', { line }));
}

export function startCommand(command: string, args: Readonly<Record<string, string>>): Promise<void> {
  return attempt(() => post('run', { command, args }));
}

/** Reads the next page of a group that an expansion counted. */
export function openGroup(id: string): Promise<void> {
  return attempt(() => post('open', { group: id }));
}

export function cancel(id: string): Promise<void> {
  return attempt(() => post('cancel', { id }));
}

export function show(pane: Pane): void {
  setState({ pane, menu: undefined });
}

export function setTheme(theme: Theme): void {
  setState({ theme });
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.dataset.theme = theme;
  localStorage.setItem('mdti-theme', theme);
}

/** Opens the drawer of a node, or closes it. */
export function select(id: string | undefined): void {
  const same = getState().selected === id;
  setState({
    selected: id,
    menu: undefined,
    ...(same ? {} : { details: undefined, compared: undefined, tab: 'overview' }),
  });
  if (id !== undefined) void attempt(() => loadDetails(id));
}

export async function openMenu(id: string): Promise<void> {
  if (getState().selected !== id) select(id);
  setState({ menu: id });
}

export function compareWith(id: string | undefined): Promise<void> {
  return attempt(async () => {
    setState({ compared: id === undefined ? undefined : await get<WebDetails>('details', { node: id }) });
  });
}

let saveTimer = 0;

function save(): void {
  clearTimeout(saveTimer);
  saveTimer = window.setTimeout(() => void attempt(() => post('view', getState().view)), SAVE_DELAY);
}

/** Changes the picture in a way that can be undone. */
export function changeView(change: Partial<WebView>): void {
  const { view, undo } = getState();
  setState({ view: { ...view, ...change }, undo: [...undo, view].slice(-MAX_UNDO), redo: [] });
  save();
}

/** Keeps positions that the layout found; not a separate step. */
export function keepPositions(positions: NonNullable<WebView['positions']>): void {
  setState({ view: { ...getState().view, positions } });
  save();
}

export function undoView(): void {
  const { view, undo, redo } = getState();
  const last = undo.at(-1);
  if (last === undefined) return;
  setState({ view: last, undo: undo.slice(0, -1), redo: [...redo, view] });
  save();
}

export function redoView(): void {
  const { view, undo, redo } = getState();
  const next = redo.at(-1);
  if (next === undefined) return;
  setState({ view: next, redo: redo.slice(0, -1), undo: [...undo, view] });
  save();
}

/** Saves a file that the page made or received. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function copy(text: string, what: string): void {
  void attempt(async () => {
    await navigator.clipboard.writeText(text);
    notify(`Copied ${what}.`);
  });
}
