/** Takes entries out of a queue; most often they are its head. */
export function removeFromQueue<T>(queue: T[], group: ReadonlySet<T>): void {
  let heads = 0;
  for (let head = queue[heads]; head !== undefined && group.has(head); head = queue[heads]) heads += 1;
  queue.splice(0, heads);
  if (heads === group.size) return;
  const rest = queue.filter((entry) => !group.has(entry));
  queue.splice(0, queue.length, ...rest);
}
