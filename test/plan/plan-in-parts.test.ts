import { PluginError } from '../../src/base/errors';
import { PlainAbort } from '../../src/base/plain-abort';
import { planInParts } from '../../src/plan/plan-in-parts';

const hosts = (count: number) => Array.from({ length: count }, (_, at) => `h${at}.example`);

/** Plans a list; returns what was planned together and what came out. */
async function planned(host: readonly string[], signal = new PlainAbort(), onPart = () => {}) {
  const parts: unknown[] = [];
  const found = await planInParts(
    { host, odata: '$select=id' },
    'host',
    signal,
    (args) => {
      parts.push(args);
      onPart();
      return (args.host as string[]).map((text) => text.toLowerCase());
    },
    (text) => text,
  );
  return { parts, found };
}

test('a long list is planned in even parts with the other arguments, never a single value', async () => {
  const { parts, found } = await planned(hosts(2_001));
  expect(parts).toEqual(
    [hosts(2_001).slice(0, 667), hosts(2_001).slice(667, 1_334), hosts(2_001).slice(1_334)].map((host) => ({
      host,
      odata: '$select=id',
    })),
  );
  expect(found).toEqual(hosts(2_001));
});

test('equal values are planned once, and equal results of different parts are kept once, in their order', async () => {
  const repeated = [...hosts(1_500), ...hosts(1_500), ...hosts(700).map((host) => host.toUpperCase())];
  const { parts, found } = await planned(repeated);
  expect(parts).toHaveLength(3);
  expect(found).toEqual(hosts(1_500));
});

test('timers and signals are noticed between two parts', async () => {
  const signal = new PlainAbort();
  const timedOut = new PluginError('TIMED_OUT', 'domain timed out after 1 second.');
  let parts = 0;
  const work = planned(hosts(50_000), signal, () => {
    parts += 1;
    if (parts === 3) setImmediate(() => signal.abort(timedOut));
  });
  await expect(work).rejects.toBe(timedOut);
  expect(parts).toBeLessThan(6);
});

test('a cancelled command says so', async () => {
  const signal = new PlainAbort();
  await expect(planned(hosts(1_001), signal, () => signal.abort())).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});
