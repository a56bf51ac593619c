/** One value per name, dropped with its last user. */
export interface CountedValues<T> {
  take(name: string, make: () => T): T;
  release(name: string): void;
  size(): number;
}

export function countedValues<T>(): CountedValues<T> {
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
      if (one.users === 0) kept.delete(name);
    },
    size: () => kept.size,
  };
}
