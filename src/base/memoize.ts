/** Wraps a function so that it computes each value once. Nothing is forgotten: only for few different texts, such as the declared routes. */
export function memoize<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (!known.has(text)) known.set(text, compute(text));
    return known.get(text) as T;
  };
}
