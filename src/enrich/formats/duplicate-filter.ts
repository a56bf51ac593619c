import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** One object of a bundle, on a line after the comma that separates it from the one before. */
const OBJECT = /,\n(\{[^\n]*\})/g;

const ID = /"id":"[a-z0-9-]+--([0-9a-f-]{36})"/;

/** Removes objects that a bundle already contains. */
interface DuplicateFilter {
  /** Returns the text without objects that were already written. */
  filter(text: string): string;
  /** Reads the objects of an existing output, up to a number of bytes. */
  readExisting(output: FileHandle, bytes: number): Promise<void>;
  /** A digest of all objects so far, whether they were written by this process or learned. */
  digest(): string;
}

/** @param head the text before the first row */
export function duplicateFilter(head: string): DuplicateFilter {
  const content = createHash('sha256');
  /** Ids as 16 characters, which take a third of the memory of their text. */
  const written = new Set<string>();

  function isNew(line: string): boolean {
    const id = ID.exec(line)?.[1];
    if (id === undefined) return true;
    const before = written.size;
    written.add(Buffer.from(id.replaceAll('-', ''), 'hex').toString('latin1'));
    if (written.size === before) return false;
    content.update(line.replace(/,$/, ''));
    return true;
  }

  for (const line of head.split('\n')) isNew(line);

  return {
    filter: (text) => text.replace(OBJECT, (all, line: string) => (isNew(line) ? all : '')),
    async readExisting(output, bytes) {
      if (bytes === 0) return;
      const stream = output.createReadStream({
        start: 0,
        end: bytes - 1,
        autoClose: false,
        encoding: 'utf8',
      });
      let rest = '';
      for await (const chunk of stream) {
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) isNew(line);
      }
      isNew(rest);
    },
    digest: () => content.copy().digest('hex'),
  };
}
