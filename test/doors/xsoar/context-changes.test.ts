import { integrationContext } from '../../../src/doors/xsoar-loop/server';

/** A platform that stores the context and responds to a moment later. */
function platform() {
  let context: unknown = {};
  return {
    stored: () => context,
    call: async (command: string, args: Readonly<Record<string, unknown>>) => {
      await new Promise(setImmediate);
      if (command === 'setIntegrationContext') context = args.value;
      return { context };
    },
    log() {},
    settled: async () => undefined,
  };
}

test('concurrent changes of the integration context lose none', async () => {
  const server = platform();
  const store = integrationContext(server as never);
  const add = (name: string) => store.update((state) => ({ ...state, [name]: true }));
  await Promise.all(['a', 'b', 'c', 'd'].map(add));
  expect(server.stored()).toEqual({ a: true, b: true, c: true, d: true });
});

test('a change that fails leaves the others', async () => {
  const server = platform();
  const store = integrationContext(server as never);
  const failing = store.update(() => {
    throw new Error('no');
  });
  const after = store.update((state) => ({ ...state, after: true }));
  await expect(failing).rejects.toThrow('no');
  await after;
  expect(server.stored()).toEqual({ after: true });
});
