import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormatName } from '../../src/enrich/formats/format';
import { fileOutput } from '../../src/enrich/output-file';

/** The start of all runs on the outputs below. */
export const STARTED = '2025-01-01T00:00:00.000Z';

export function newOutput(): string {
  return join(mkdtempSync(join(tmpdir(), 'mdti-output-')), 'out.csv');
}

/** A file that an earlier run wrote two steps to and did not finish. */
export async function unfinishedOutput(file = newOutput()): Promise<string> {
  const first = await fileOutput(file, 'csv', STARTED);
  await first.put('one\r\n', 20, 'print 1');
  await first.put('two\r\n', 20, 'print 2');
  await first.close(false);
  return file;
}

/** What a run leaves that is killed before its first row: the head, and a journal without steps. */
export async function outputKilledAtStart(format: FormatName): Promise<string> {
  const file = newOutput();
  const output = await fileOutput(file, format, STARTED);
  const [head, journal] = [readFileSync(file), readFileSync(`${file}.journal`, 'utf8')];
  await output.close(false);
  writeFileSync(file, head);
  const { ino: inode } = statSync(file);
  writeFileSync(`${file}.journal`, `${JSON.stringify({ ...JSON.parse(journal), inode })}\n`);
  return file;
}
