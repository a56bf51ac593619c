import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { silentLog } from '../../../src/base/log';
import { serve } from '../../../src/doors/serve/serve';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function liveBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const LINES = 30_000;

test('a process that reads lines for months keeps nothing of them', async () => {
  let before = 0;
  let after = 0;
  async function* lines() {
    for (let line = 0; line < LINES; line++) {
      if (line === LINES / 10) before = liveBytes();
      yield { text: ' ' };
    }
    after = liveBytes();
  }
  const { signal } = new AbortController();
  await serve(lines(), () => {}, { log: silentLog, signal });
  expect((after - before) / LINES).toBeLessThan(20);
});
