import { BOUNDS } from './bounds';

/** Returns the candidate that was most probably meant: at most a third of it differs from what was typed. */
export function didYouMean(typed: string, candidates: readonly string[]): string | undefined {
  if (typed.length > BOUNDS.name) return undefined;
  const word = typed.toLowerCase();
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
    .filter(({ candidate, distance: edits }) => edits <= candidate.length / 3)
    .sort((one, other) => one.distance - other.distance);
  return best?.candidate;
}

/** Levenshtein distance, one row at a time. */
function distance(one: string, other: string): number {
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
