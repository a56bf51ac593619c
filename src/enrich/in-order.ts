/**
 * Works on all that comes, so many at once at most, and gives the results in the order of what came. Nothing is read ahead
 * of what is taken: a slow consumer slows the source down.
 */
export async function* inOrder<T, R>(
  source: AsyncIterable<T>,
  width: number,
  work: (one: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  for await (const one of source) {
    const begun = work(one);
    // It is awaited in its turn; until then its failure would be unhandled.
    begun.catch(() => {});
    underWay.push(begun);
    const [head] = underWay;
    if (underWay.length < width || head === undefined) continue;
    yield await head;
    underWay.shift();
  }
  for (const rest of underWay) yield await rest;
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
