import {
  decodeRecord,
  encodeRecord,
  endOfFitting,
  hashOf,
  keyHashes,
  LARGEST_RECORD,
  type NewRecord,
} from '../../src/cache/record';
import { RecordIndex } from '../../src/cache/record-index';

const HASH = hashOf('hosts/contoso.com');
const RESPONSE = { json: '{"id":"für"}', requestedAt: 1_700_000_000_000.5, expiresAt: 1_700_003_600_000 };

/** The bytes of a record that fits. */
function encoded(response: Parameters<typeof encodeRecord>[1] = RESPONSE): Buffer {
  const bytes = encodeRecord(HASH, response);
  if (bytes === undefined) throw new Error('the record is too large');
  return bytes;
}

test.each([
  ['with JSON', RESPONSE],
  ['with empty JSON', { ...RESPONSE, json: '' }],
  ['of a record that Graph does not have', { ...RESPONSE, json: undefined }],
])('a response %s is read back unchanged', (_, response) => {
  expect(decodeRecord(encoded(response), HASH)).toStrictEqual(response);
});

test('a record of another key, or with any byte changed or missing, is no response', () => {
  const bytes = encoded();
  expect(decodeRecord(bytes, hashOf('hosts/example.org'))).toBeUndefined();
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(decodeRecord(changed, HASH)).toBeUndefined();
    expect(decodeRecord(bytes.subarray(0, at), HASH)).toBeUndefined();
  }
  expect(decodeRecord(Buffer.concat([bytes, Buffer.alloc(1)]), HASH)).toBeUndefined();
});

test('a response above 1 MiB is not stored', () => {
  const room = LARGEST_RECORD - encoded({ ...RESPONSE, json: '' }).length;
  expect(encodeRecord(HASH, { ...RESPONSE, json: 'x'.repeat(room) })).toHaveLength(LARGEST_RECORD);
  expect(encodeRecord(HASH, { ...RESPONSE, json: 'x'.repeat(room + 1) })).toBeUndefined();
});

test('a key is named by the same 16 bytes each time, also after many others', () => {
  const hashes = keyHashes();
  const first = Buffer.from(hashes.of('a'));
  for (let key = 0; key < 20_000; key++) hashes.of(`k${key}`);
  expect([first, hashes.of('a'), hashes.of('k7')]).toEqual([hashOf('a'), hashOf('a'), hashOf('k7')]);
  expect(first).toHaveLength(16);
});

test('records are written together as far as they fit, and at least one', () => {
  const records = [10, 20, 30].map((length) => ({ bytes: Buffer.alloc(length) }) as unknown as NewRecord);
  const end = (first: number, room: number) => endOfFitting(records, first, room);
  expect([end(0, 60), end(0, 59), end(0, 30), end(0, 29), end(0, 5), end(1, 50), end(2, 1)]).toEqual([
    3, 2, 2, 1, 1, 3, 3,
  ]);
});

describe('an index', () => {
  const place = (at: number) => ({ segment: at % 7, offset: at * 3, length: at + 1 });

  test('finds each of many records, and knows how many there are', () => {
    const index = new RecordIndex();
    expect(index.get(HASH)).toBeUndefined();
    const hashes = Array.from({ length: 10_000 }, (_, at) => hashOf(`k${at}`));
    for (const [at, hash] of hashes.entries()) index.set(hash, place(at));
    for (const [at, hash] of hashes.entries()) index.set(hash, place(at));
    expect(index.size).toBe(10_000);
    expect(hashes.map((hash) => index.get(hash))).toEqual(hashes.map((_, at) => place(at)));
    expect(index.get(HASH)).toBeUndefined();
  });

  test('takes the last place of a record', () => {
    const index = new RecordIndex();
    for (const at of [1, 2]) index.set(HASH, place(at));
    expect([index.get(HASH), index.size]).toEqual([place(2), 1]);
  });

  /** Two halves of a hash; the first one chooses the slot. */
  function halves(high: number, low: number): Buffer {
    const hash = Buffer.alloc(16);
    hash.writeUInt32LE(high, 0);
    hash.writeUInt32LE(low, 4);
    return hash;
  }

  test.each([
    ['at the end of the table', 4_095],
    ['at its start', 0],
  ])('keeps apart records that share a slot %s', (_, slot) => {
    const index = new RecordIndex();
    const hashes = [halves(slot, 1), halves(slot, 2), halves(slot + 4_096, 1), halves(slot + 1, 1)];
    for (const [at, hash] of hashes.entries()) index.set(hash, place(at));
    expect(hashes.map((hash) => index.get(hash))).toEqual(hashes.map((_, at) => place(at)));
    expect([index.size, index.get(halves(slot, 3))]).toEqual([4, undefined]);
  });
});
