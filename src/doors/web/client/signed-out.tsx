/** Shown to a browser without a session. */
export function SignedOut() {
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
