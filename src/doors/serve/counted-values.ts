/** One value per name, dropped with its last user. */
interface CountedValues<T> {
  take(name: string, make: () => T): T;
  release(name: string): void;
  size(): number;
}

/** @param onDrop called with a value that its last user released */
export function countedValues<T>(onDrop: (value: T) => void = () => {}): CountedValues<T> {
  const kept = new Map<string, { readonly value: T; users: number }>();
  return {
    take(name, make) {
      const one = kept.get(name) ?? { value: make(), users: 0 };
      one.users += 1;
      kept.set(name, one);
      return one.value;
    },
    release(name) {
      const one = kept.get(name);
      if (one === undefined) return;
      one.users -= 1;
      if (one.users > 0) return;
      kept.delete(name);
      onDrop(one.value);
    },
    size: () => kept.size,
  };
}
