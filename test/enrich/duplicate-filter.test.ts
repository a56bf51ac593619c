import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplicateFilter } from '../../src/enrich/formats/duplicate-filter';

const object = (number: number, more = '') =>
  `{"type":"domain-name","id":"domain-name--00000000-0000-5000-8000-${String(number).padStart(12, '0')}"${more}}`;
const HEAD = `{"type":"bundle","objects":[\n${object(1)},\n${object(2)}`;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('objects that were already written are left out, also those of the head', () => {
  const { filter } = duplicateFilter(HEAD);
  expect(filter(`,\n${object(3)},\n${object(1)},\n${object(4)},\n${object(3)}`)).toBe(
    `,\n${object(3)},\n${object(4)}`,
  );
  expect(filter(`,\n${object(2)},\n${object(4)}`)).toBe('');
  expect(filter(`,\n${object(5)}`)).toBe(`,\n${object(5)}`);
});

test('the same object with other content is written once', () => {
  const { filter } = duplicateFilter('');
  expect(filter(`,\n${object(3)},\n${object(3, ',"value":"x"')}`)).toBe(`,\n${object(3)}`);
});

test('what has no ID is written each time', () => {
  const { filter } = duplicateFilter(HEAD);
  expect(filter(',\n{"a":1},\n{"a":1}')).toBe(',\n{"a":1},\n{"a":1}');
});

test('the digest is that of all objects, each once', () => {
  const { filter, digest } = duplicateFilter(HEAD);
  expect(digest()).toBe(sha256(object(1) + object(2)));
  filter(`,\n${object(3)},\n${object(1)},\n{"a":1}`);
  expect(digest()).toBe(sha256(object(1) + object(2) + object(3)));
  expect(digest()).toBe(digest());
});

describe('an existing output', () => {
  const TEXT = `${HEAD},\n${object(3, ',"value":"ü"')},\n${object(4)}`;

  async function continued(bytes: number, text = TEXT) {
    const file = join(mkdtempSync(join(tmpdir(), 'mdti-duplicates-')), 'out.json');
    writeFileSync(file, text);
    const handle = await open(file);
    const objects = duplicateFilter(HEAD);
    await objects.readExisting(handle, bytes);
    expect((await handle.stat()).size).toBe(Buffer.byteLength(text));
    await handle.close();
    return objects;
  }

  test('counts as written, and gives the digest of a run without an interruption', async () => {
    const resumed = await continued(Buffer.byteLength(TEXT));
    const whole = duplicateFilter(HEAD);
    whole.filter(TEXT.slice(HEAD.length));
    expect(resumed.digest()).toBe(whole.digest());
    expect(resumed.filter(`,\n${object(3)},\n${object(4)},\n${object(5)}`)).toBe(`,\n${object(5)}`);
  });

  test('counts up to the bytes that the journal confirms', async () => {
    const { filter } = await continued(Buffer.byteLength(TEXT) - Buffer.byteLength(`,\n${object(4)}`));
    expect(filter(`,\n${object(3)},\n${object(4)}`)).toBe(`,\n${object(4)}`);
    expect((await continued(0)).filter(`,\n${object(3)}`)).toBe(`,\n${object(3)}`);
  });

  test('is read across chunks', async () => {
    const many = Array.from(
      { length: 2_000 },
      (_, index) => `,\n${object(index + 3, `,"value":"${'ü'.repeat(101)}"`)}`,
    ).join('');
    const { filter, digest } = await continued(Buffer.byteLength(HEAD + many), HEAD + many);
    const whole = duplicateFilter(HEAD);
    whole.filter(many);
    expect(digest()).toBe(whole.digest());
    expect(filter(many)).toBe('');
  });
});
