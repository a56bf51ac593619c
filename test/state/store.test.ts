import { memoryStore, reporting, type State } from '../../src/state/store';

test('changes follow one another, also those that take their time', async () => {
  const store = memoryStore({ count: 1 });
  const slow = store.update(async (state) => {
    await new Promise(setImmediate);
    return { count: Number(state.count) * 10 };
  });
  const quick = store.update((state) => ({ count: Number(state.count) + 1 }));
  expect(store.current()).toEqual({ count: 1 });
  await Promise.all([slow, quick]);
  expect(store.current()).toEqual({ count: 11 });
  expect(await store.read()).toEqual({ count: 11 });
});

test('a change that fails leaves the state unchanged, and the next one follows', async () => {
  const store = memoryStore({ a: 1 });
  const failing = store.update(() => {
    throw new Error('no');
  });
  const next = store.update((state) => ({ ...state, b: 2 }));
  await expect(failing).rejects.toThrow('no');
  await next;
  expect(store.current()).toEqual({ a: 1, b: 2 });
});

test('a signal ends the wait for a turn', async () => {
  const store = memoryStore();
  const waiting = new AbortController();
  const first = store.update(() => ({ first: true }));
  const second = store.update(() => ({ second: true }), waiting.signal);
  waiting.abort(new Error('enough'));
  await first;
  await expect(second).rejects.toThrow('enough');
  expect(store.current()).toEqual({ first: true });
});

test.each([undefined, null, [], 'text'])('a state of %j is empty', (initial) => {
  expect(memoryStore(initial).current()).toEqual({});
});

test('a state is reported after each change of it', async () => {
  const seen: State[] = [];
  const store = reporting(memoryStore({ a: 1 }), (state) => void seen.push(state));
  await store.update((state) => state);
  await store.update((state) => ({ ...state, b: 2 }));
  expect(seen).toEqual([{ a: 1, b: 2 }]);
  expect(await store.read()).toEqual({ a: 1, b: 2 });
  await expect(store.update((state) => state, AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
});
