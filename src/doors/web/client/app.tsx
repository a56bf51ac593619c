import { useEffect } from 'preact/hooks';
import { redoView, select, show, undoView } from './actions';
import { Drawer } from './drawer/drawer';
import { FirstScreen } from './first-screen';
import { GraphPane } from './graph/graph-pane';
import { RoomPane } from './room/room-pane';
import { getState, setState, useStore } from './store';
import { TopBar } from './top-bar';

export function App() {
  const phase = useStore((state) => state.phase);
  const pane = useStore((state) => state.pane);
  const empty = useStore((state) => state.lines.length === 0 && state.jobs.length === 0);
  const drawer = useStore((state) => state.selected !== undefined);
  const menu = useStore((state) => state.menu !== undefined);
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  if (phase === 'signed-out') return <SignedOut />;
  if (phase === 'loading') return <p class="loading">Loading…</p>;
  return (
    <div class="app">
      <TopBar />
      <main class={`panes${drawer ? ' with-drawer' : ''}${menu ? ' with-menu' : ''}`}>
        <div class="pane">
          {pane === 'graph' ? <GraphPane /> : <RoomPane>{empty && <FirstScreen />}</RoomPane>}
        </div>
        {drawer && <Drawer />}
      </main>
      <Toast />
    </div>
  );
}

function Toast() {
  const toast = useStore((state) => state.toast);
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {toast !== undefined && (
        <div class={`toast${toast.bad ? ' bad' : ''}`}>
          <span>{toast.text}</span>
          <button type="button" class="link" onClick={() => setState({ toast: undefined })}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}

/** Keys of the whole page: Alt with 1 or 2 for the panes, Escape for the drawer, and undo. */
function onKey(event: KeyboardEvent): void {
  const typing =
    event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (event.altKey && key === '1') show('room');
  else if (event.altKey && key === '2') show('graph');
  else if (event.key === 'Escape' && getState().menu === undefined && getState().selected !== undefined)
    select(undefined);
  else if (!typing && command && key === 'z' && !event.shiftKey) undoView();
  else if (!typing && command && (key === 'y' || (key === 'z' && event.shiftKey))) redoView();
  else return;
  event.preventDefault();
}

/** Shown to a browser without a session. */
function SignedOut() {
  return (
    <main class="signed-out">
      <h1>Not signed in</h1>
      <p>The address of this page works once, and for one browser.</p>
      <p>
        In the terminal where <code>mdti web</code> runs, press Enter for another address. If it is not
        running, start it again: <code>mdti web NAME</code>.
      </p>
    </main>
  );
}
