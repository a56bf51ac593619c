import type { Log } from '../base/log';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport';
import { adaptiveConcurrency } from './adaptive-concurrency';
import { BATCH_SIZE, batchRequest, batchResponses, isBatchRejected } from './batch';

interface Waiting {
  readonly request: HttpRequest;
  resolve(response: HttpResponse): void;
  reject(error: unknown): void;
}

/**
 * A transport that lets requests share the way: what is asked at about the same time goes out in `$batch` requests of 20, and
 * each request gets its own answer, as if it had gone alone. So whoever asks retries, waits and fails by that answer. Where
 * batches are refused, everything goes alone from then on.
 */
export function batchingTransport(alone: Transport, log: Log): Transport {
  const pace = adaptiveConcurrency();
  const queue: Waiting[] = [];
  /** Those that a batch left out: they are asked once more, each alone. */
  const leftOut: Waiting[] = [];
  let size = BATCH_SIZE;

  /** After the current turn, in which others may still join. */
  function schedule(): void {
    setImmediate(() => {
      while (queue.length + leftOut.length > 0 && pace.begin()) void depart(next());
    });
  }

  /** A batch travels with one token: while a refused one is replaced, the old and the new are under way side by side. */
  function next(): readonly Waiting[] {
    if (leftOut.length > 0) return leftOut.splice(0, 1);
    const token = queue[0]?.request.headers.authorization;
    const group = queue.filter(({ request }) => request.headers.authorization === token).slice(0, size);
    queue.splice(0, queue.length, ...queue.filter((waiting) => !group.includes(waiting)));
    return group;
  }

  async function depart(group: readonly Waiting[]): Promise<void> {
    const [first, ...others] = group;
    if (first === undefined) return;
    let throttled = false;
    try {
      const answers =
        others.length === 0
          ? [await alone(first.request)]
          : await inBatch([first.request, ...others.map(({ request }) => request)]);
      throttled = answers.some((answer) => answer?.status === 429);
      for (const [place, waiting] of group.entries()) {
        const answer = answers[place];
        if (answer === undefined) leftOut.push(waiting);
        else waiting.resolve(answer);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    pace.end(throttled);
    schedule();
  }

  /** Nothing in the place of what has to be asked alone. */
  async function inBatch(
    requests: readonly [HttpRequest, ...HttpRequest[]],
  ): Promise<readonly (HttpResponse | undefined)[]> {
    const response = await alone(batchRequest(requests));
    if (isBatchRejected(response)) {
      size = 1;
      log('warn', 'batches are refused', { status: response.status });
      return [];
    }
    return response.status >= 400 ? requests.map(() => response) : (batchResponses(response) ?? []);
  }

  return (request) =>
    new Promise((resolve, reject) => {
      queue.push({ request, resolve, reject });
      schedule();
    });
}
