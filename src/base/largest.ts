/** Returns the largest number, or -Infinity for none. Spreading about 120,000 numbers into `Math.max` overflows the stack. */
export function largest(numbers: Iterable<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const number of numbers) if (number > most || Number.isNaN(number)) most = number;
  return most;
}
