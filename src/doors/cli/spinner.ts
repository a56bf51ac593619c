import { systemClock } from '../../base/clock';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Milliseconds before it shows, and between two frames: most commands are over sooner. */
const DELAY = 400;
const FRAME = 100;

/**
 * Shows on a terminal that a command waits, with the elapsed time.
 * @param notice returns the latest notice about the service
 * @returns a function that removes the spinner; every writer calls it first
 */
export function startSpinner(
  output: NodeJS.WriteStream,
  environment: NodeJS.ProcessEnv,
  notice: () => string | undefined = () => undefined,
): () => void {
  if (!output.isTTY || environment.TERM === 'dumb') return () => {};
  const started = systemClock.monotonic();
  let frame = 0;
  const timer = setInterval(() => {
    const waited = systemClock.monotonic() - started;
    if (waited < DELAY) return;
    const mark = FRAMES[frame++ % FRAMES.length];
    const reason = notice();
    const note = reason === undefined ? '' : ` (${reason})`;
    output.write(`\r${mark} Waiting for Microsoft Graph, ${Math.floor(waited / 1000)} s${note}\u001b[K`);
  }, FRAME);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (frame > 0) output.write('\r\u001b[K');
    frame = 0;
  };
}
