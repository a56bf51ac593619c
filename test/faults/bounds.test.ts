import type { Writable } from 'node:stream';
import { brotliCompressSync, constants, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { json, text } from './hostile';
import { faultTable } from './record';
import { hostileStage, seen } from './stage';

const MEGABYTE = Buffer.alloc(1024 * 1024, 'a');

const record = faultTable('bounds');

const scene = hostileStage();
const elsewhere = hostileStage();

async function host(): Promise<{ readonly text: string; readonly code: string | undefined }> {
  const outcome = await scene.on.run('host', { host_id: 'contoso.com' });
  return { text: seen(outcome), code: outcome.errors[0]?.code };
}

/** Writes megabytes until the other side stops reading. */
function flood(sink: Writable, megabytes: number, sent = { megabytes: 0 }): void {
  function more(): void {
    while (sent.megabytes < megabytes && !sink.destroyed) {
      sent.megabytes++;
      if (!sink.write(MEGABYTE)) return;
    }
    if (!sink.destroyed) sink.end();
  }
  sink.on('drain', more);
  more();
}

test('a response of 300 MB is cut at 64', async () => {
  const sent = { megabytes: 0 };
  scene.server.play((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    flood(response, 300, sent);
  });
  const outcome = await host();
  expect(outcome.code).toBe('NETWORK_FAILED');
  expect(outcome.text).toContain('larger than 64 MiB');
  expect(sent.megabytes).toBeLessThan(100);
  record('a response of 300 MB', outcome.text);
});

test('a gzip bomb is cut off at 64 MiB of decompressed data', async () => {
  let packed = 0;
  scene.server.play((response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    const gzip = createGzip({ level: 1 });
    gzip.on('data', (chunk: Buffer) => {
      packed += chunk.length;
    });
    gzip.pipe(response);
    flood(gzip, 1024);
  });
  const outcome = await host();
  expect(outcome.text).toContain('larger than 64 MiB');
  expect(packed).toBeLessThan(8 * 1024 * 1024);
  record('1 GB packed by gzip', outcome.text);
});

test.each([
  ['deflate', (bytes: Buffer) => deflateSync(bytes, { level: 1 })],
  ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ['gzip', (bytes: Buffer) => gzipSync(bytes, { level: 1 })],
] as const)('the same for %s in one piece', async (encoding, pack) => {
  const bomb = pack(Buffer.alloc(65 * 1024 * 1024, ' '));
  scene.server.play(text(bomb, 'application/json', 200, { 'content-encoding': encoding }));
  expect((await host()).text).toContain('larger than 64 MiB');
});

test.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed', async (status) => {
  elsewhere.server.play(json({ id: 'stolen' }));
  scene.server.play(text('', '', status, { location: `${elsewhere.server.origin}/v1.0/me` }));
  const outcome = await host();
  expect(outcome.code).toBe('GRAPH_UNEXPECTED');
  expect(scene.server.requests.length).toBe(1);
  expect(elsewhere.server.requests).toEqual([]);
  record(
    `redirect (${status}) to another host`,
    outcome.text.replace(`responded with ${status}`, 'responded with 3xx'),
  );
});

test.each([100, 150])('JSON nested %d levels deep arrives', async (depth) => {
  scene.server.play(
    text(`{"id":"contoso.com","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`, 'application/json'),
  );
  expect((await host()).code).toBeUndefined();
});

test.each([1_000, 100_000, 10_000_000])('JSON nested %d levels deep is rejected', async (depth) => {
  scene.server.play(
    text(`{"id":"contoso.com","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`, 'application/json'),
  );
  const outcome = await host();
  expect(outcome.code).toBe('GRAPH_UNEXPECTED');
  record(`JSON of ${depth.toLocaleString('en-US')} levels`, outcome.text);
});

test('brackets within a string are not levels', async () => {
  scene.server.play(json({ id: 'contoso.com', text: `${'[{'.repeat(1000)}"\\` }));
  expect((await host()).code).toBeUndefined();
});

test('millions of tiny values are rejected before they are parsed', async () => {
  scene.server.play(text(`{"id":"contoso.com","many":[${'0,'.repeat(3_000_000)}0]}`, 'application/json'));
  const outcome = await host();
  expect(outcome.code).toBe('GRAPH_UNEXPECTED');
  record('3,000,001 numbers', outcome.text);
});

test('reports GRAPH_BAD_REQUEST for deeply nested JSON in an error', async () => {
  scene.server.play(text(`{"error":${'['.repeat(1_000_000)}`, 'application/json', 400));
  const outcome = await host();
  expect(outcome.code).toBe('GRAPH_BAD_REQUEST');
  record('JSON of 1,000,000 levels as the body of a 400', outcome.text);
});

test('endless headers', async () => {
  scene.server.play((response) => {
    response.socket?.write(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(1024 * 1024)}\r\n\r\n`);
  });
  const outcome = await host();
  expect(outcome.code).toBe('NETWORK_FAILED');
  record('1 MB of headers', outcome.text);
});

test('a response that drips ends with request_timeout', async () => {
  scene.server.play(
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":"', () => scene.on.clock.skip());
    },
    json({ id: 'contoso.com' }),
  );
  expect((await host()).code).toBeUndefined();
  expect(scene.server.requests.length).toBe(2);
});

test.each([
  ['no HTTP at all', 'nonsense\r\n\r\n'],
  ['a status that is none', 'HTTP/1.1 abc\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
  ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n{}'],
])('%s', async (what, bytes) => {
  scene.server.play((response) => response.socket?.end(bytes));
  const outcome = await host();
  expect(outcome.code).toBe('NETWORK_FAILED');
  record(what, outcome.text.replace(/\d+ (times|seconds left)/g, 'N $1'));
});
