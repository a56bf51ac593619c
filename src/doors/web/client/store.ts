import { useEffect, useState } from 'preact/hooks';
import type {
  WebDetails,
  WebGraph,
  WebJob,
  WebLine,
  WebNodeKind,
  WebSetup,
  WebVerdict,
  WebView,
} from '../shared/protocol';

export type Theme = 'system' | 'light' | 'dark';
export type Pane = 'room' | 'graph';

export interface Filter {
  readonly text: string;
  readonly kinds: readonly WebNodeKind[];
  readonly verdicts: readonly (WebVerdict | 'none')[];
  /** Milliseconds; the whole range if missing. */
  readonly from?: number;
  readonly to?: number;
}

/** Everything that the page shows. */
interface AppState {
  readonly phase: 'loading' | 'signed-out' | 'ready';
  readonly connected: boolean;
  readonly setup: WebSetup;
  readonly name: string;
  readonly target: 'tenant' | 'sandbox';
  readonly login: boolean;
  readonly lines: readonly WebLine[];
  readonly earlier: number;
  readonly jobs: readonly WebJob[];
  readonly graph: WebGraph;
  readonly view: WebView;
  readonly undo: readonly WebView[];
  readonly redo: readonly WebView[];
  /** Kinds and verdicts that are left out of the picture. */
  readonly filter: Filter;
  readonly pane: Pane;
  readonly theme: Theme;
  readonly contextOpen: boolean;
  readonly selected: string | undefined;
  readonly details: WebDetails | undefined;
  /** Another node whose resolutions are drawn next to those of the node. */
  readonly compared: WebDetails | undefined;
  readonly tab: string;
  /** The node whose menu is open. */
  readonly menu: string | undefined;
  /** A message that is shown briefly. */
  readonly toast: { readonly text: string; readonly bad: boolean } | undefined;
  /** Increases when the context changed. */
  readonly revision: number;
}

let state: AppState = {
  phase: 'loading',
  connected: true,
  setup: { version: '', commands: [] },
  name: '',
  target: 'tenant',
  login: true,
  lines: [],
  earlier: 0,
  jobs: [],
  graph: { nodes: [], edges: [], omitted: 0 },
  view: {},
  undo: [],
  redo: [],
  filter: { text: '', kinds: [], verdicts: [] },
  pane: 'room',
  theme: 'system',
  contextOpen: true,
  selected: undefined,
  details: undefined,
  compared: undefined,
  tab: 'overview',
  menu: undefined,
  toast: undefined,
  revision: 0,
};

const listeners = new Set<() => void>();

export function getState(): AppState {
  return state;
}

export function setState(change: Partial<AppState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

/** The part of the state that a component shows; it is drawn again when that part is another one. */
export function useStore<T>(select: (state: AppState) => T): T {
  const [, redraw] = useState(0);
  const selected = select(state);
  useEffect(() => {
    let last = selected;
    const listener = () => {
      const next = select(state);
      if (next === last) return;
      last = next;
      redraw((count) => count + 1);
    };
    listeners.add(listener);
    listener();
    return () => {
      listeners.delete(listener);
    };
  }, [select]);
  return selected;
}
