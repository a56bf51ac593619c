import { BOUNDS } from './bounds';

/**
 * Returns the closest candidate, the longest one if several are equally close; undefined if the edit distance exceeds a
 * third of its length. A name of one or two letters allows no such error, so it also fits if one letter follows it.
 */
export function didYouMean<Name extends string>(
  typed: string,
  candidates: readonly Name[],
): Name | undefined {
  if (typed.length > BOUNDS.name) return undefined;
  const word = typed.toLowerCase();
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
    .filter(({ candidate, distance: edits }) => edits <= candidate.length / 3)
    .sort((one, other) => one.distance - other.distance || other.candidate.length - one.candidate.length);
  if (best !== undefined) return best.candidate;
  return candidates.find(
    (name) => name.length < 3 && word.length === name.length + 1 && word.startsWith(name),
  );
}

/** Levenshtein distance, one row at a time; two neighbors that changed places count once. */
function distance(one: string, other: string): number {
  let above: readonly number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 0; at < one.length; at++) {
    let previous = at + 1;
    const next = [previous];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (other[column - 1] === one[at] ? 0 : 1);
      const isSwapped = one[at] === other[column - 2] && one[at - 1] === other[column - 1];
      const swapped = at > 0 && isSwapped ? (above[column - 2] ?? 0) + 1 : replaced;
      previous = Math.min((row[column] ?? 0) + 1, previous + 1, replaced, swapped);
      next.push(previous);
    }
    above = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
