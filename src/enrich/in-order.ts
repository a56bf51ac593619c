/** Results that are given together where they are ready: a consumer writes them at once. */
const TOGETHER = 16;

interface UnderWay<R> {
  readonly result: Promise<R>;
  isReady: boolean;
}

/**
 * Works on all that comes, so many at once at most, and gives the results in the order of what came: the next one, and those behind it
 * that are ready. Nothing is read ahead of what is taken: a slow consumer slows the source down.
 */
export async function* inOrder<T, R>(
  source: AsyncIterable<T>,
  width: number,
  work: (one: T) => Promise<R>,
): AsyncGenerator<R[]> {
  const underWay: UnderWay<R>[] = [];
  for await (const one of source) {
    underWay.push(started(work(one)));
    if (underWay.length >= width) yield await next(underWay);
  }
  while (underWay.length > 0) yield await next(underWay);
}

function started<R>(result: Promise<R>): UnderWay<R> {
  const begun = { result, isReady: false };
  // It is awaited in its turn; until then its failure would be unhandled.
  result.then(
    () => {
      begun.isReady = true;
    },
    () => {},
  );
  return begun;
}

async function next<R>(underWay: UnderWay<R>[]): Promise<R[]> {
  const results: R[] = [];
  const first = underWay[0];
  if (first !== undefined) results.push(await first.result);
  underWay.shift();
  while (underWay[0]?.isReady && results.length < TOGETHER) {
    results.push(await underWay[0].result);
    underWay.shift();
  }
  return results;
}

/** Lists of so many; the last one holds what is left. */
export async function* groupsOf<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const one of source) {
    group.push(one);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
