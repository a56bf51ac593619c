import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/base/clock';
import { silentLog } from '../src/base/log';
import { localBudget } from '../src/budget/local-budget';
import { openDiskCache } from '../src/cache/open-disk-cache';
import { TIMES_TO_LIVE } from '../src/config/times-to-live';
import { openTraffic, openTransport } from '../src/engine/open-services';
import { enrich } from '../src/enrich/enrich';
import { FORMATS } from '../src/enrich/formats/format';
import { openGraph } from '../src/enrich/open-graph';
import { streamOutput } from '../src/enrich/output-file';

/** What one run of a list took, without the start of its process: milliseconds, and those of the processor. */
export interface EnrichRun {
  readonly milliseconds: number;
  readonly processor: number;
}

/** One list in this process, with an empty response cache or with none: `enrich-run cache|none ROWS NAME`, the parameters on stdin. */
async function main([mode, rows = '0', name = '']: readonly string[], params: object): Promise<void> {
  const log = silentLog;
  const folder = mkdtempSync(join(tmpdir(), 'mdti-cold-'));
  const budget = localBudget(systemClock);
  const traffic = openTraffic(openTransport({ ...params }, { log }), { log, budget });
  const cache = { cache: openDiskCache(folder, log), times: TIMES_TO_LIVE, trustsState: true };
  const reuse = mode === 'cache' ? { responseCache: cache } : {};
  const clients = openGraph({ ...params }, { log, traffic, ...reuse });
  const run = async (word: string, count: number) => {
    async function* source() {
      for (let at = 0; at < count; at++) yield `${word}-${at}.example`;
    }
    const output = await streamOutput(async () => {}, 'ndjson', new Date().toISOString());
    const { signal } = new AbortController();
    await enrich(source(), FORMATS.ndjson, output, { ...clients, signal, onProgress: () => {} });
  };
  await run(`warm-up-${name}`, 2_000);
  const started = performance.now();
  const before = process.cpuUsage();
  await run(name, Number(rows));
  const { user, system } = process.cpuUsage(before);
  const taken: EnrichRun = {
    milliseconds: performance.now() - started,
    processor: (user + system) / 1000,
  };
  process.stdout.write(JSON.stringify(taken));
  rmSync(folder, { recursive: true, force: true });
}

const [, script, ...words] = process.argv;
if (script?.endsWith('enrich-run.ts')) {
  let text = '';
  process.stdin.on('data', (chunk) => {
    text += chunk;
  });
  process.stdin.on('end', () => void main(words, JSON.parse(text)));
}
