import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { PluginError } from '../../../src/base/errors';
import { showProgress } from '../../../src/doors/cli/enrich/progress';
import { withRetry } from '../../../src/http/retry';
import { heldClock } from '../../faults/held-clock';

test('counts the responses with 429 that a run retried', async () => {
  const progress = showProgress(new PassThrough() as unknown as WriteStream, {
    share: () => undefined,
    hidden: false,
  });
  const clock = heldClock(() => setImmediate(clock.skip));
  const budget = { clock, log: progress.listening(() => {}), deadline: clock.now() + 60_000 };
  await withRetry(budget, new AbortController().signal, async (attempt) => {
    if (attempt === 1) throw new PluginError('GRAPH_THROTTLED', 'Slow down.', { status: 429, retryAfter: 1 });
    if (attempt === 2) throw new PluginError('GRAPH_UNAVAILABLE', 'Try later.', { status: 503 });
  });
  expect(progress.end().throttled).toBe(1);
});
