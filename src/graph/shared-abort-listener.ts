/** Calls back when a signal is aborted: one listener for all that wait for it, since a signal finds its listeners one by one. */
export function sharedAbortListener(): (signal: AbortSignal, call: () => void) => () => void {
  const known = new WeakMap<AbortSignal, Set<() => void>>();
  return (signal, call) => {
    const calls = known.get(signal) ?? new Set();
    if (!known.has(signal)) {
      known.set(signal, calls);
      signal.addEventListener('abort', () => {
        for (const one of [...calls]) one();
      });
    }
    calls.add(call);
    return () => calls.delete(call);
  };
}
