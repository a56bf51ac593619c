import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { certificateFile, start } from './command-line';
import { type Act, type Hostile, json, startHostile } from './hostile';
import { faultTable } from './record';

const MEGABYTE = Buffer.alloc(1024 * 1024, 'a');

/** Megabytes of resident memory that a command may have at most. */
const MOST = 250;

const record = faultTable('memory');
let server: Hostile;
let certificate: string;

beforeAll(async () => {
  server = await startHostile();
  certificate = certificateFile(server.ca);
});
afterAll(() => server.close());

interface Measured {
  readonly text: string;
  readonly rows: number;
  /** Megabytes. */
  readonly peak: number;
}

/** Lists all articles by the bundled command line, in a separate process. */
async function listed(): Promise<Measured> {
  const command = 'msg-defender-threat-intel-article-list';
  const document = JSON.stringify({ command, args: { all_results: true }, params: server.params });
  const { stdout, peak } = await start(['run'], document, { NODE_EXTRA_CA_CERTS: certificate }).ended;
  const [entry] = JSON.parse(stdout).entries;
  return {
    text: String(entry.HumanReadable ?? entry.Contents),
    rows: Array.isArray(entry.Contents) ? entry.Contents.length : 0,
    peak,
  };
}

function flood(sink: Writable, megabytes: number): void {
  let left = megabytes;
  function more(): void {
    while (left-- > 0 && !sink.destroyed) if (!sink.write(MEGABYTE)) return;
    if (!sink.destroyed) sink.end();
  }
  sink.on('drain', more);
  more();
}

const JSON_HEADERS = { 'content-type': 'application/json' };

const plain: Act = (response) => {
  response.writeHead(200, JSON_HEADERS);
  flood(response, 300);
};

const bomb: Act = (response) => {
  response.writeHead(200, { ...JSON_HEADERS, 'content-encoding': 'gzip' });
  const gzip = createGzip({ level: 1 });
  gzip.pipe(response);
  flood(gzip, 1024);
};

/** Pages of a hundred articles of about a kilobyte each, endlessly. */
function pages(link: (number: number) => number): Act {
  let number = 0;
  return (response, request) => {
    const page = number++;
    json({
      value: Array.from({ length: 100 }, (_, row) => ({
        id: `${page}-${row}`,
        title: `Article ${row} of page ${page}`,
        summary: { content: 'x'.repeat(900), format: 'markdown' },
      })),
      '@odata.nextLink': `${server.origin}/v1.0/security/threatIntelligence/articles?$skiptoken=${link(page)}`,
    })(response, request);
  };
}

test.each([
  ['a response of 300 MB', plain, 'larger than 64 MiB', 0],
  ['1 GB packed by gzip', bomb, 'larger than 64 MiB', 0],
  ['pages in a cycle', pages((number) => number % 50), 'form a cycle', 0],
  ['an endless list', pages((number) => number), 'Stopped at max_results (10,000)', 10_000],
] as const)('%s ends as said, in little memory', async (what, act, words, rows) => {
  server.play(act);
  const measured = await listed();
  expect(measured.text).toContain(words);
  expect(measured.rows).toBe(rows);
  expect(measured.peak).toBeGreaterThan(20);
  expect(measured.peak).toBeLessThan(MOST);
  record(`${what}, in less than ${MOST} MB`, measured.text.split('\n').at(rows > 0 ? -1 : 0) ?? '');
  if (process.env.MDTI_TABLES === 'write') process.stderr.write(`${what}: ${measured.peak} MB\n`);
});
