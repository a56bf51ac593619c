import { render } from 'preact';
import { attempt, load, receive, setTheme } from './actions';
import { ApiError, post } from './api';
import { App } from './app';
import { setState, type Theme } from './store';

/** Exchanges the token in the address for a cookie, once, and removes it from the address and the history. */
async function signIn(): Promise<void> {
  const token = location.hash.slice(1);
  if (token === '') return;
  history.replaceState(null, '', '/');
  // A used token is not an error where the cookie is there already: a reload of an old tab.
  await post('session', { token }).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
}

function listen(): void {
  const events = new EventSource('/api/events');
  let lost = false;
  events.onmessage = ({ data }) => receive(JSON.parse(data));
  events.onopen = () => {
    setState({ connected: true });
    // The state contains what the page missed.
    if (lost) void attempt(load);
    lost = false;
  };
  events.onerror = () => {
    lost = true;
    setState({ connected: false });
  };
}

async function start(): Promise<void> {
  const theme = localStorage.getItem('mdti-theme');
  setTheme(theme === 'light' || theme === 'dark' ? theme : ('system' satisfies Theme));
  render(<App />, document.getElementById('app') as HTMLElement);
  await attempt(async () => {
    await signIn();
    await load();
    listen();
  });
}

void start();
