import type { AbortSignalLike } from '../base/plain-abort';

/**
 * Enters a line for requests; makes a promise only if the grant does not come at once.
 * @param enter enters the line; returns what leaves it, which is called when the signal aborts first
 * @throws the signal's reason when it is aborted first
 */
export function waitForGrant(
  signal: AbortSignalLike | undefined,
  enter: (grant: (granted: number) => void) => () => void,
): number | Promise<number> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  let atOnce: number | undefined;
  let deliver = (granted: number): void => {
    atOnce = granted;
  };
  const leave = enter((granted) => deliver(granted));
  if (atOnce !== undefined) return atOnce;
  return new Promise((resolve, reject) => {
    function abort(): void {
      leave();
      reject(signal?.reason);
    }
    deliver = (granted) => {
      signal?.removeEventListener('abort', abort);
      resolve(granted);
    };
    signal?.addEventListener('abort', abort);
  });
}
