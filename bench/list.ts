import { rmSync } from 'node:fs';
import { type Figure, figure, quantile } from './figure';
import { LISTED, largeWorld } from './large-world';
import { paramsFile } from './params-file';
import { serve } from './served';
import { type Weighed, weighed } from './weighed';

const COMMAND = 'msg-defender-threat-intel-host-passive-dns-list';

/** The first is a list of no length: what a command takes before and after its rows. */
const SIZES = [1, 1_000, 10_000, 50_000, 100_000] as const;
type Size = (typeof SIZES)[number];

const SAMPLES = 3;

/** Rows of one page: more than a service gives, so that serving is not what is measured. */
const PAGE = 1_000;

const KIB = 1024;

/** One list of so many rows, as a document for programs and as NDJSON: what a row costs in time and memory. */
export async function list(): Promise<Figure[]> {
  const world = largeWorld(Math.max(...SIZES));
  const served = await serve(world);
  await served.setFaults({ pageSize: PAGE });
  const { file, environment } = paramsFile(served);
  const document = (size: Size) => {
    const args = { host_id: LISTED, all_results: true };
    const stdin = JSON.stringify({ command: COMMAND, args, params: { ...served.params, max_results: size } });
    return weighed(['run'], environment, stdin);
  };
  const lines = (size: Size) => {
    const line = `!${COMMAND} host_id=${LISTED} all_results=true`;
    return weighed([line, '-o', 'ndjson', '--params', file, '--param', `max_results=${size}`], environment);
  };
  const [run, ndjson] = [await ofEach(document), await ofEach(lines)];
  await served.close();
  rmSync(world, { recursive: true });
  return [...timesOf(run), ...memoryOf(run, ndjson)];
}

type Samples = Readonly<Record<Size, readonly Weighed[]>>;

/** Sizes take turns, so that what else the machine does meets all of them. */
async function ofEach(work: (size: Size) => Promise<Weighed>): Promise<Samples> {
  const samples: Record<Size, Weighed[]> = { 1: [], 1000: [], 10000: [], 50000: [], 100000: [] };
  for (let sample = 0; sample < SAMPLES; sample++)
    for (const size of SIZES) samples[size].push(await work(size));
  return samples;
}

function timesOf(run: Samples): Figure[] {
  const empty = quantile(
    run[1].map(({ milliseconds }) => milliseconds),
    0.5,
  );
  const perRow = (size: Size) => run[size].map(({ milliseconds }) => ((milliseconds - empty) * 1000) / size);
  const [ten, hundred] = [perRow(10_000), perRow(100_000)];
  return [
    figure('list: time a row, 1,000 rows', 'µs/row', perRow(1_000)),
    figure('list: time a row, 10,000 rows', 'µs/row', ten),
    figure('list: time a row, 100,000 rows', 'µs/row', hundred),
    figure(
      'list: time a row, 100,000 / 10,000 rows',
      'x',
      hundred.map((time, at) => time / (ten[at] ?? 0)),
      {
        is: 'at most',
        value: 1.3,
      },
    ),
  ];
}

function memoryOf(run: Samples, ndjson: Samples): Figure[] {
  const peaks = (samples: Samples, size: Size) => samples[size].map(({ peak }) => peak);
  const json = (ndjson[100_000][0]?.bytes ?? 0) / 100_000 / KIB;
  const few = peaks(run, 10_000);
  const beyond = peaks(run, 100_000).map((peak, at) => ((peak - (few[at] ?? 0)) * KIB) / 90_000 - json);
  const half = peaks(ndjson, 50_000);
  return [
    figure('list: JSON of a row', 'KB/row', [json]),
    figure('list: memory of a row beyond its JSON', 'KB/row', beyond, { is: 'at most', value: 3 }),
    figure('list: memory for NDJSON, 10,000 rows', 'MB', peaks(ndjson, 10_000)),
    figure('list: memory for NDJSON, 100,000 rows', 'MB', peaks(ndjson, 100_000)),
    figure(
      'list: memory for NDJSON, 100,000 / 50,000 rows',
      'x',
      peaks(ndjson, 100_000).map((peak, at) => peak / (half[at] ?? 0)),
      {
        is: 'at most',
        value: 1.1,
      },
    ),
  ];
}
