import { copyFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PluginError } from '../../src/base/errors';
import { enrich } from '../../src/enrich/enrich';
import { FORMATS, type FormatName } from '../../src/enrich/formats/format';
import { fileOutput } from '../../src/enrich/output-file';
import type { GraphClient } from '../../src/graph/client';
import type { GraphRequest, GraphResult } from '../../src/graph/request';

const ROWS = 100;
const STARTED = '2025-01-01T00:00:00.000Z';

const folder = mkdtempSync(join(tmpdir(), 'mdti-retries-'));

/** Rows that fail at first: enough for three groups at the end. */
const isFailing = (at: number) => at % 2 === 1;

async function* source() {
  for (let at = 0; at < ROWS; at++) yield `n${at}.example`;
}

function found(request: GraphRequest): GraphResult {
  const value = { id: request.subject, classification: 'suspicious', score: 50 };
  return { kind: 'entity', request, value } as unknown as GraphResult;
}

const unavailable = new PluginError('GRAPH_UNAVAILABLE', 'Graph is unavailable.', {
  hint: 'Wait.',
  status: 503,
});

const firstPass: GraphClient = {
  execute: async (requests) =>
    requests.map((request) => {
      const at = Number(/n(\d+)\./.exec(JSON.stringify(request))?.[1]);
      return isFailing(at) ? { kind: 'failed', request, error: unavailable } : found(request);
    }),
};

/** Writes a file; `onRetry` is called before each group of failed rows is sent again. */
async function run(out: string, format: FormatName, onRetry: () => void = () => {}): Promise<void> {
  const lastTry: GraphClient = {
    async execute(requests) {
      onRetry();
      return requests.map(found);
    },
  };
  await enrich(source(), FORMATS[format], await fileOutput(out, format, STARTED), {
    graph: firstPass,
    lastTry,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
}

test.each<FormatName>(['ndjson', 'csv', 'stix'])(
  '%s: a run that is killed before or between the retries of failed rows is resumed without a difference',
  async (format) => {
    const whole = join(folder, `whole.${format}`);
    const left: string[] = [];
    // What a kill at this moment leaves: the output, and its journal.
    await run(whole, format, () => {
      const killed = join(folder, `killed-${left.length}.${format}`);
      copyFileSync(whole, killed);
      copyFileSync(`${whole}.journal`, `${killed}.journal`);
      left.push(killed);
    });
    expect(left).toHaveLength(3);
    for (const [place, killed] of left.entries()) {
      let retries = 0;
      await run(killed, format, () => {
        retries += 1;
      });
      expect([readFileSync(killed, 'utf8'), retries, existsSync(`${killed}.journal`)]).toEqual([
        readFileSync(whole, 'utf8'),
        3 - place,
        false,
      ]);
    }
  },
);
