/** Returns the largest of any number of numbers; as arguments of a call they overflow the stack at about 120,000. -Infinity for none. */
export function largest(numbers: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const number of numbers) if (number > most || Number.isNaN(number)) most = number;
  return most;
}
