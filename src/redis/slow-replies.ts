import type { Redis } from 'ioredis';

/** Milliseconds within which a reply is prompt, and of lateness after which Redis costs more than it saves. */
const PROMPT = 200;
const LATEST = 1_000;

/**
 * Calls back when the replies of a client, one after the other, were late for more than a second in total: no reply may be slow enough to
 * time out, and ten of them would still make a lookup ten times slower. Replies that are late at the same time count once.
 */
export function onSlowReplies(client: Redis, now: () => number, slow: () => void): void {
  const send = client.sendCommand.bind(client);
  let lateness = 0;
  let countedUntil = Number.NEGATIVE_INFINITY;

  function measure(sentAt: number): void {
    const at = now();
    const late = at - sentAt - PROMPT;
    if (late <= 0) {
      lateness = 0;
      return;
    }
    lateness += Math.min(late, at - countedUntil);
    countedUntil = at;
    if (lateness <= LATEST) return;
    lateness = 0;
    slow();
  }

  client.sendCommand = (command, stream) => {
    const measured = measure.bind(undefined, now());
    command.promise.then(measured, measured);
    return send(command, stream);
  };
}
