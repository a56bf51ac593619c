import { silentLog } from '../../src/base/log';
import { serve } from '../../src/doors/serve/serve';

/* Prints how many bytes `mdti serve` keeps of each line or document. A separate process: the heap of many tests takes seconds to collect. */

const [kind, total] = process.argv.slice(2);
const count = Number(total);

const { gc } = globalThis;

function liveBytes(): number {
  if (gc === undefined) throw new Error('Run it with --expose-gc.');
  gc();
  return process.memoryUsage().heapUsed;
}

let before = 0;
let after = 0;

async function* lines() {
  for (let line = 0; line < count; line++) {
    if (line === count / 10) before = liveBytes();
    yield { text: kind === 'lines' ? ' ' : `{"id":${line}}` };
  }
  after = liveBytes();
}

const { signal } = new AbortController();
void serve(lines(), () => {}, { log: silentLog, signal, readAhead: 0 }).then(() =>
  process.stdout.write(String((after - before) / count)),
);
