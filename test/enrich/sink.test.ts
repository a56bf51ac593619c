import { appendFileSync, existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileOutput } from '../../src/enrich/output-file';

const STARTED = '2025-01-01T00:00:00.000Z';

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'mdti-sink-')), 'out.csv');
}

test('what was ended is taken up behind the last step, at its own beginning', async () => {
  const file = newFile();
  const first = await fileOutput(file, 'csv', STARTED);
  await first.put('one\r\n', 20, 'print 1');
  await first.put('two\r\n', 20, 'print 2');
  await first.close(false);
  appendFileSync(file, 'half of a st');
  appendFileSync(`${file}.journal`, '{"rows":60,"byt');

  const second = await fileOutput(file, 'csv', '2026-01-01T00:00:00.000Z');
  expect(second).toMatchObject({ started: STARTED, done: { rows: 40, print: 'print 2' } });
  await second.put('three\r\n', 1, 'print 3');
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\ntwo\r\nthree\r\n$/);
  expect(existsSync(`${file}.journal`)).toBe(false);
});

test('a file without a journal is somebody’s', async () => {
  const file = newFile();
  writeFileSync(file, 'precious');
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
    message: `${file} holds something already.`,
  });
  expect(readFileSync(file, 'utf8')).toBe('precious');
});

test.each([
  ['another format', 'ndjson' as const, () => {}],
  ['less than the journal tells of', 'csv' as const, (file: string) => truncateSync(file, 3)],
])('%s is not taken up', async (_, format, change) => {
  const file = newFile();
  const first = await fileOutput(file, 'csv', STARTED);
  await first.put('one\r\n', 20, 'print');
  await first.close(false);
  change(file);
  await expect(fileOutput(file, format, STARTED)).rejects.toMatchObject({
    message: `${file} does not fit its journal (format csv).`,
  });
});

test('a folder that is not there is told of', async () => {
  await expect(fileOutput('/nowhere/out.csv', 'csv', STARTED)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  });
});
