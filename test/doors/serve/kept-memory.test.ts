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

test.each([
  ['lines', 30_000, 20, () => ' '],
  ['documents', 10_000, 100, (line: number) => `{"id":${line}}`],
])('a process that reads %s for months keeps nothing of them', async (_, count, bytes, textOf) => {
  let before = 0;
  let after = 0;
  async function* lines() {
    for (let line = 0; line < count; line++) {
      if (line === count / 10) before = liveBytes();
      yield { text: textOf(line) };
    }
    after = liveBytes();
  }
  const { signal } = new AbortController();
  await serve(lines(), () => {}, { log: silentLog, signal, readAhead: 0 });
  expect((after - before) / count).toBeLessThan(bytes);
});
