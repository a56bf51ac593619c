import { PluginError } from '../../base/errors';

/** What ends a command from outside, and the exit status that tells so: 128 and the signal's number. */
const STATUS = { SIGINT: 130, SIGTERM: 143 } as const;
type Ending = keyof typeof STATUS;

/**
 * Does a command's work with a signal that SIGINT or SIGTERM aborts, and gives its exit status. The work ends itself, with an
 * error entry and its state whole; a second signal ends the process at once.
 */
export async function withSignals(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const ending = new AbortController();
  let received: Ending | undefined;
  function end(signal: Ending): void {
    received = signal;
    forget();
    ending.abort(
      new PluginError('CANCELLED', `The command was ended by ${signal}.`, { hint: 'Run it again.' }),
    );
  }
  function forget(): void {
    for (const signal of signals) process.off(signal, end);
  }
  const signals = Object.keys(STATUS) as Ending[];
  for (const signal of signals) process.on(signal, end);
  try {
    const status = await work(ending.signal);
    return received === undefined ? status : STATUS[received];
  } finally {
    forget();
  }
}
