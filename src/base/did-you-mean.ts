/** The candidate that somebody most probably meant: at most a third of it typed otherwise. */
export function didYouMean(typed: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distance(typed.toLowerCase(), candidate) }))
    .filter(({ candidate, distance: edits }) => edits <= candidate.length / 3)
    .sort((one, other) => one.distance - other.distance);
  return best?.candidate;
}

/** Levenshtein's distance, one row at a time; what is much longer than any name is not compared. */
function distance(one: string, other: string): number {
  if (one.length > 100) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, character] of [...one].entries()) {
    let previous = at + 1;
    const next = [previous];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (other[column - 1] === character ? 0 : 1);
      previous = Math.min((row[column] ?? 0) + 1, previous + 1, replaced);
      next.push(previous);
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
