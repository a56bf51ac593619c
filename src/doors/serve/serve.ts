import { isRecord, parseJson } from '../../base/json';
import { type RunOptions, runDocument } from '../run/run';
import { pool } from './pool';

/** How many documents are worked on at once; further lines wait in the pipe. */
const AT_ONCE = 32;

/**
 * `mdti serve`: on each line a document of `mdti run` with an `id`, on each line an answer with that `id`, as they come. A
 * line that is no JSON is answered with the id null.
 */
export async function serve(
  lines: AsyncIterable<string>,
  write: (line: string) => void,
  options: Omit<RunOptions, 'shared'>,
): Promise<void> {
  const shared = pool(options);
  const underWay = new Set<Promise<void>>();
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const work = answerLine(line, write, { ...options, shared }).finally(() => underWay.delete(work));
    underWay.add(work);
    if (underWay.size >= AT_ONCE) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

async function answerLine(line: string, write: (line: string) => void, options: RunOptions): Promise<void> {
  const document = parseJson(line);
  const id = isRecord(document) ? (document.id ?? null) : null;
  const { document: answer } = await runDocument(document, options);
  write(`${JSON.stringify({ id, ...answer })}\n`);
}
