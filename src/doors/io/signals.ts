import { PluginError } from '../../base/errors';

/** Signals that interrupt a command, and their exit status: 128 and the number of the signal. */
export const INTERRUPTED = { SIGINT: 130, SIGTERM: 143 } as const;
type Interrupt = keyof typeof INTERRUPTED;

/** Milliseconds that interrupted work gets to clean up after itself. */
const GRACE = 5_000;

/**
 * Runs work with an abort signal that SIGINT and SIGTERM trigger, and returns its exit status. The work cleans up after itself; a
 * second signal ends the process at once, and so does the end of `grace`: work may hang on something that no abort can reach, such as
 * a named pipe that nothing writes to.
 * @param grace milliseconds
 */
export async function withSignals(
  work: (signal: AbortSignal) => Promise<number>,
  grace = GRACE,
): Promise<number> {
  const interrupted = new AbortController();
  let received: Interrupt | undefined;
  let hanging: NodeJS.Timeout | undefined;
  function interrupt(signal: Interrupt): void {
    received = signal;
    stopListening();
    // Nothing listens any more, so the signal ends the process.
    hanging = setTimeout(() => process.kill(process.pid, signal), grace);
    hanging.unref();
    interrupted.abort(
      new PluginError('CANCELLED', `Interrupted by ${signal}.`, { hint: 'Run the command again.' }),
    );
  }
  function stopListening(): void {
    for (const signal of signals) process.off(signal, interrupt);
  }
  const signals = Object.keys(INTERRUPTED) as Interrupt[];
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const status = await work(interrupted.signal);
    return received === undefined ? status : INTERRUPTED[received];
  } finally {
    clearTimeout(hanging);
    stopListening();
  }
}
