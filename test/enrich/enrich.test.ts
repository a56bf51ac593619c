import { type ErrorCode, PluginError } from '../../src/base/errors';
import type { AbortSignalLike } from '../../src/base/plain-abort';
import { enrich } from '../../src/enrich/enrich';
import { FORMATS } from '../../src/enrich/formats/format';
import { type JournalStep, NO_PROGRESS } from '../../src/enrich/journal';
import type { EnrichOutput } from '../../src/enrich/output-file';
import type { EnrichedRow } from '../../src/enrich/row';
import type { GraphClient } from '../../src/graph/client';
import type { GraphRequest } from '../../src/graph/request';
import { raised } from '../support/raised';

interface Put {
  readonly inputs: readonly string[];
  readonly step: JournalStep;
}

/** An output in memory, which may continue after a step. */
function memoryOutput(done: JournalStep = NO_PROGRESS) {
  const puts: Put[] = [];
  const closed: boolean[] = [];
  const output: EnrichOutput = {
    done,
    started: '2025-01-01T00:00:00.000Z',
    async put(text, rows, inputHash, failed = [], withoutResult = 0) {
      const inputs = text
        .split('\n')
        .slice(0, -1)
        .map((line) => (JSON.parse(line) as EnrichedRow).input);
      puts.push({ inputs, step: { rows, bytes: 0, inputHash, tail: '', failed, withoutResult } });
    },
    close: async (complete) => void closed.push(complete),
  };
  return { output, puts, closed, inputs: () => puts.flatMap((put) => put.inputs) };
}

const at = (number: number) => `n${number}.example`;

async function* names(count: number, from = 0): AsyncGenerator<string> {
  for (let number = from; number < count; number++) yield at(number);
}

/** Graph knows no host; some requests fail. */
function graph(errorOf: (host: string) => ErrorCode | undefined = () => undefined) {
  const sizes: number[] = [];
  const signals: (AbortSignalLike | undefined)[] = [];
  const client: GraphClient = {
    async execute(requests, signal) {
      sizes.push(requests.length);
      signals.push(signal);
      return requests.map((request: GraphRequest) => {
        const code = errorOf(request.subject?.id ?? '');
        const error =
          code && new PluginError(code, 'The reason.', { status: code === 'GRAPH_UNAVAILABLE' ? 503 : 400 });
        return error ? { kind: 'failed', request, error } : ({ kind: 'missing', request } as never);
      });
    },
  };
  return { client, sizes, signals };
}

const failing =
  (code: ErrorCode, ...hosts: readonly number[]) =>
  (host: string) =>
    hosts.map(at).includes(host) ? code : undefined;

interface Run {
  readonly source?: AsyncIterable<string>;
  readonly to?: ReturnType<typeof memoryOutput>;
  readonly client?: GraphClient;
  readonly lastTry?: GraphClient;
  readonly signal?: AbortSignal;
  onProgress?(rows: readonly EnrichedRow[]): void;
}

function run({ source = names(50), to = memoryOutput(), client = graph().client, ...ports }: Run) {
  return enrich(source, FORMATS.ndjson, to.output, {
    graph: client,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...ports,
  });
}

test('each observable is requested once, in batches of 20; the output and the progress get all rows', async () => {
  const [to, { client, sizes }, shown] = [memoryOutput(), graph(), [] as EnrichedRow[]];
  await run({ to, client, onProgress: (rows) => void shown.push(...rows) });
  const all = Array.from({ length: 50 }, (_, number) => at(number));
  expect([to.inputs(), shown.map(({ input }) => input), sizes]).toEqual([all, all, [20, 20, 10]]);
  expect(to.puts.reduce((sum, { step }) => sum + step.rows, 0)).toBe(50);
  expect(to.closed).toEqual([true]);
});

test('the output counts the rows that were refused or failed', async () => {
  async function* source() {
    yield* ['N/A', 'contoso.com', 'bad.example', 'none'];
  }
  const to = memoryOutput();
  const { client, sizes } = graph((host) => (host === 'bad.example' ? 'GRAPH_BAD_REQUEST' : undefined));
  await run({ source: source(), to, client });
  expect([to.puts[0]?.step, sizes]).toMatchObject([{ rows: 4, withoutResult: 3 }, [2]]);
});

describe('rows that failed for a moment', () => {
  const busy = (...hosts: readonly number[]) => graph(failing('GRAPH_UNAVAILABLE', ...hosts)).client;

  test('are sent again when all others are written, and come last, in groups of 20', async () => {
    const late = Array.from({ length: 25 }, (_, number) => number * 2);
    const [to, last] = [memoryOutput(), graph()];
    await run({ source: names(60), to, client: busy(...late), lastTry: last.client });
    const inputs = to.inputs();
    expect([inputs.length, inputs.slice(35), last.sizes]).toEqual([60, late.map(at), [20, 5]]);
    // A run that is killed here finds in the journal which rows are left.
    expect(to.puts.map(({ step }) => step.failed?.length).slice(-3)).toEqual([25, 5, 0]);
    expect(to.puts.reduce((sum, { step }) => sum + step.rows, 0)).toBe(60);
  });

  test('are in their place as failed without a second client, and where Graph rejects them', async () => {
    const [to, rejected] = [memoryOutput(), memoryOutput()];
    await run({ to, client: busy(3) });
    expect([to.inputs()[3], to.puts.at(-1)?.step.failed]).toEqual([at(3), []]);
    const { client } = graph(failing('GRAPH_BAD_REQUEST', 3));
    const last = graph();
    await run({ to: rejected, client, lastTry: last.client });
    expect([rejected.inputs()[3], last.sizes]).toEqual([at(3), []]);
  });

  test('are no more than 200: the journal lists them in every step', async () => {
    const [to, last] = [memoryOutput(), graph()];
    const all = graph(() => 'GRAPH_UNAVAILABLE').client;
    await run({ source: names(230), to, client: all, lastTry: last.client });
    expect(Math.max(...to.puts.map(({ step }) => step.failed?.length ?? 0))).toBe(200);
    expect(last.sizes).toEqual(Array(10).fill(20));
    expect(to.inputs()).toEqual([
      ...Array.from({ length: 30 }, (_, number) => at(200 + number)),
      ...Array.from({ length: 200 }, (_, number) => at(number)),
    ]);
  });

  test('of an unfinished run are sent again by the one that resumes it', async () => {
    const before = memoryOutput();
    const { client } = graph(
      (host) => failing('GRAPH_UNAVAILABLE', 1, 21)(host) ?? failing('GRAPH_FORBIDDEN', 45)(host),
    );
    const { code } = await raised(() => run({ source: names(60), to: before, client, lastTry: client }));
    const steps = before.puts.map(({ step }) => step);
    const rows = steps.reduce((sum, step) => sum + step.rows, 0);
    expect([code, rows, steps.at(-1)?.failed]).toEqual(['GRAPH_FORBIDDEN', 40, [1, 21]]);
    const to = memoryOutput({ ...(steps.at(-1) ?? NO_PROGRESS), rows });
    await run({ source: names(60), to, client: busy(21), lastTry: graph().client });
    expect(to.inputs().slice(-2)).toEqual([at(1), at(21)]);
    expect(to.puts[0]?.step.failed).toEqual([1, 21]);
    expect(new Set([...before.inputs(), ...to.inputs()]).size).toBe(60);
    expect(before.inputs().length + to.inputs().length).toBe(60);
  });
});

describe('a run that resumes', () => {
  async function stepAfter(count: number): Promise<JournalStep> {
    const { output, puts } = memoryOutput();
    const to = { output, puts, closed: [], inputs: () => [] };
    await run({ source: names(count), to });
    return { ...(puts.at(-1)?.step ?? NO_PROGRESS), rows: count };
  }

  test('sends only what is not written yet', async () => {
    const [to, { client, sizes }] = [memoryOutput(await stepAfter(40)), graph()];
    await run({ source: names(50), to, client });
    expect([to.inputs(), sizes]).toEqual([Array.from({ length: 10 }, (_, number) => at(40 + number)), [10]]);
  });

  test.each<[string, AsyncIterable<string>]>([
    ['with other lines', names(51, 1)],
    ['that ends before', names(39)],
    ['that ends a group before', names(20)],
  ])('rejects a list %s, and writes nothing', async (_, source) => {
    const [to, { client, sizes }] = [memoryOutput(await stepAfter(40)), graph()];
    const { code, message, hint } = await raised(() => run({ source, to, client }));
    expect([code, message, hint]).toEqual([
      'ARGUMENT_INVALID',
      'The input differs from the one that this output was started with.',
      'Use the same input, or another output file.',
    ]);
    expect([to.puts, to.closed, sizes]).toEqual([[], [false], []]);
  });

  test('rejects a list whose lines are cut elsewhere', async () => {
    async function* list(...lines: readonly string[]) {
      yield* lines;
    }
    const before = memoryOutput();
    await run({ source: list('1.example', '2.example'), to: before });
    const to = memoryOutput(before.puts[0]?.step);
    const { message } = await raised(() => run({ source: list('1.example2', '.example'), to }));
    expect(message).toMatch(/^The input differs/);
  });

  test('rejects a list that continues where that of the first run ended', async () => {
    const to = memoryOutput(await stepAfter(30));
    const { message } = await raised(() => run({ source: names(50), to }));
    expect(message).toMatch(/^The input differs/);
  });
});

test('an error that every row would meet ends the work, and stops the requests in flight', async () => {
  const [to, { client, signals }] = [memoryOutput(), graph(failing('GRAPH_FORBIDDEN', 25))];
  const { code } = await raised(() => run({ source: names(200), to, client }));
  expect([code, to.inputs(), to.closed]).toEqual([
    'GRAPH_FORBIDDEN',
    Array.from({ length: 20 }, (_, number) => at(number)),
    [false],
  ]);
  expect(signals.every((signal) => signal?.aborted)).toBe(true);
});

test('a signal ends the work with its reason; the whole groups are written', async () => {
  const reason = new PluginError('CANCELLED', 'Interrupted.');
  const stop = new AbortController();
  const to = memoryOutput();
  const { client } = graph();
  const slow: GraphClient = {
    async execute(requests, signal) {
      if (requests[0]?.subject?.id !== at(40)) return client.execute(requests, signal);
      stop.abort(reason);
      throw signal?.reason === reason
        ? new Error('aborted')
        : new Error('the requests do not see the signal');
    },
  };
  expect(await raised(() => run({ source: names(200), to, client: slow, signal: stop.signal }))).toBe(reason);
  expect([to.inputs().length, to.closed]).toEqual([40, [false]]);
});

test('an interrupt before the first row is reported as such, not as an error of what it interrupted', async () => {
  const stop = new AbortController();
  stop.abort();
  const client: GraphClient = { execute: () => Promise.reject(new Error('aborted')) };
  expect((await raised(() => run({ client, signal: stop.signal }))).code).toBe('CANCELLED');
});
