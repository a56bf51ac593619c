import { rmSync } from 'node:fs';
import { atMost, type Figure, figure, quantile } from './figure';
import { LISTED, largeWorld } from './large-world';
import { paramsFile } from './params-file';
import { serve } from './served';
import { type Weighed, weighed } from './weighed';

const COMMAND = 'msg-defender-threat-intel-host-passive-dns-list';

/** One row stands for a list of no length: what a command takes before and after its rows. */
const SIZES = [1, 1_000, 10_000, 50_000, 100_000] as const;
type Size = (typeof SIZES)[number];

const SAMPLES = 5;

/** Rows of one page: more than a service gives, so that serving is not what is measured. */
const PAGE = 1_000;

const KIB = 1024;

/** One long list, as a document for programs and as NDJSON: what a row costs in time and memory. */
export async function list(): Promise<Figure[]> {
  const world = largeWorld(Math.max(...SIZES));
  const served = await serve(world);
  await served.setFaults({ pageSize: PAGE });
  const { file, environment } = paramsFile(served);
  const document = (size: Size) => {
    const args = { host_id: LISTED, ...wanted(size) };
    const stdin = JSON.stringify({ command: COMMAND, args, params: { ...served.params, max_results: size } });
    return weighed(['run'], environment, stdin);
  };
  const lines = (size: Size) => {
    const [name, value] = Object.entries(wanted(size)).flat();
    const line = `!${COMMAND} host_id=${LISTED} ${name}=${value}`;
    return weighed([line, '-o', 'ndjson', '--params', file, '--param', `max_results=${size}`], environment);
  };
  const [run, ndjson] = [await ofEach(document), await ofEach(lines)];
  await served.close();
  rmSync(world, { recursive: true });
  return [...timesOf(run), ...memoryOf(run, ndjson)];
}

/** Pages come whole unless fewer rows than one contains are requested. */
function wanted(size: Size): Readonly<Record<string, unknown>> {
  return size === 1 ? { limit: 1 } : { all_results: true };
}

type Samples = Readonly<Record<Size, readonly Weighed[]>>;

/** Sizes take turns, so that what else the machine does meets all of them. */
async function ofEach(work: (size: Size) => Promise<Weighed>): Promise<Samples> {
  const samples: Record<Size, Weighed[]> = { 1: [], 1000: [], 10000: [], 50000: [], 100000: [] };
  for (let sample = 0; sample < SAMPLES; sample++)
    for (const size of SIZES) samples[size].push(await work(size));
  return samples;
}

/** Measures processor time: on a busy machine any other time depends on more than the number of rows. */
function timesOf(run: Samples): Figure[] {
  const perRow = (size: Size, time: 'milliseconds' | 'processor') => {
    const empty = quantile(all(run[1], time), 0.5);
    return all(run[size], time).map((taken) => ((taken - empty) * 1000) / size);
  };
  const ten = quantile(perRow(10_000, 'processor'), 0.5);
  const ratios = perRow(100_000, 'processor').map((hundred) => hundred / ten);
  return [
    ...([1_000, 10_000, 100_000] as const).map((size) =>
      figure(`list: time a row, ${size} rows`, 'µs/row', perRow(size, 'milliseconds')),
    ),
    figure('list: processor time a row, 100000 / 10000 rows', 'x', ratios, atMost(1.3)),
  ];
}

function memoryOf(run: Samples, ndjson: Samples): Figure[] {
  const json = (ndjson[100_000][0]?.bytes ?? 0) / 100_000 / KIB;
  const few = quantile(all(run[10_000], 'peak'), 0.5);
  const beyond = all(run[100_000], 'peak').map((peak) => ((peak - few) * KIB) / 90_000 - json);
  const half = quantile(all(ndjson[50_000], 'peak'), 0.5);
  const ratios = all(ndjson[100_000], 'peak').map((peak) => peak / half);
  return [
    figure('list: JSON of a row', 'KB/row', [json]),
    figure('list: memory of a row beyond its JSON', 'KB/row', beyond, atMost(3)),
    figure('list: memory for NDJSON, 10000 rows', 'MB', all(ndjson[10_000], 'peak')),
    figure('list: memory for NDJSON, 100000 rows', 'MB', all(ndjson[100_000], 'peak')),
    figure('list: memory for NDJSON, 100000 / 50000 rows', 'x', ratios, atMost(1.1)),
  ];
}

function all(samples: readonly Weighed[], what: keyof Weighed): number[] {
  return samples.map((one) => one[what]);
}
