import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { basename, dirname } from 'node:path';
import { faultsOf, openSandbox, serveSandbox } from '../../../src/doors/cli/sandbox';
import { startSandbox } from '../../../src/sandbox/index';
import { APPLICATION } from '../../../src/sandbox/options';
import { raised } from '../../support/raised';
import { standardStreams } from '../../support/standard-streams';

jest.mock('../../../src/sandbox/index', () => {
  const actual = jest.requireActual<{ startSandbox: typeof startSandbox }>('../../../src/sandbox/index');
  return { ...actual, startSandbox: jest.fn(actual.startSandbox) };
});

type Flags = Parameters<typeof faultsOf>[0];

const NO_FLAGS: Flags = {
  port: undefined,
  latency: undefined,
  'page-size': undefined,
  throttle: undefined,
  'retry-after': undefined,
  errors: undefined,
  resets: undefined,
  budget: undefined,
  mood: undefined,
  'max-top': undefined,
  'top-is-total': false,
  entitlement: undefined,
};

afterEach(() => void jest.restoreAllMocks());

test.each<[Partial<Flags>, object]>([
  [
    {},
    {
      latency: 0,
      pageSize: 100,
      mood: 'documented',
      maxTop: null,
      topIsTotal: false,
      entitlement: 'active',
      budget: null,
      rules: [],
    },
  ],
  [
    { latency: 200, 'page-size': 5, mood: 'careless', 'max-top': 50, 'top-is-total': true },
    { latency: 200, pageSize: 5, mood: 'careless', maxTop: 50, topIsTotal: true },
  ],
  [
    { entitlement: 'none', budget: '500/10s' },
    { entitlement: 'none', budget: { requests: 500, window: 10 } },
  ],
  [{ throttle: 3 }, { rules: [{ kind: 'throttle', times: 3, retryAfter: 1 }] }],
  [{ throttle: 3, 'retry-after': 0 }, { rules: [{ kind: 'throttle', times: 3, retryAfter: 0 }] }],
  [
    { throttle: 1, errors: 2, resets: 4 },
    {
      rules: [
        { kind: 'throttle', times: 1, retryAfter: 1 },
        { kind: 'error', times: 2 },
        { kind: 'reset', times: 4 },
      ],
    },
  ],
  [{ throttle: 0, errors: 0, resets: 0 }, { rules: [] }],
])('the sandbox with %j', (flags, faults) => {
  expect(faultsOf({ ...NO_FLAGS, ...flags })).toMatchObject(faults);
});

test('--retry-after alone is rejected', () => {
  expect(() => faultsOf({ ...NO_FLAGS, 'retry-after': 5 })).toThrow(
    expect.objectContaining({
      message: '--retry-after has no effect without --throttle.',
      hint: 'Add --throttle N, or leave --retry-after out.',
    }),
  );
});

test('a port of another program is named', async () => {
  const other = createServer();
  const port = await new Promise<number>((ready) =>
    other.listen(0, () => ready((other.address() as AddressInfo).port)),
  );
  const error = await raised(() => serveSandbox({ options: { ...NO_FLAGS, port } }));
  other.close();
  expect(error).toMatchObject({
    code: 'INVOCATION_UNREADABLE',
    message: `--port: ${port} is in use by another program.`,
    hint: 'Choose another port, or leave --port out for a free one.',
  });
});

test.each([
  ['EACCES', { code: 'INVOCATION_UNREADABLE', message: '--port: 443 may not be used by this user.' }],
  ['EPERM', { code: 'EPERM' }],
])('a port that the system refuses with %s', async (code, expected) => {
  jest.mocked(startSandbox).mockRejectedValueOnce(Object.assign(new Error(code), { code }));
  await expect(openSandbox(443)).rejects.toMatchObject(expected);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'serves until %s, prints how to use it, and leaves no files',
  async (signal) => {
    const { stdout } = standardStreams();
    const ended = serveSandbox({ options: NO_FLAGS });
    await stdout.shows('Press Ctrl-C to stop.\n');
    const [, origin = ''] = /at (https:\S+)$/m.exec(stdout.text) ?? [];
    const [, ca = ''] = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(stdout.text) ?? [];
    const [, params = ''] = /--params (\S+)/.exec(stdout.text) ?? [];
    const use = `MDTI_ALLOW_ENDPOINTS=${origin} NODE_EXTRA_CA_CERTS=${ca}`;
    expect(stdout.text).toBe(`Serving login and Graph at ${origin}

  ${use} mdti host contoso.com --params ${params}

To try a sign-in, in another terminal:

  export ${use}
  export MDTI_AZURE_AD_ENDPOINT=${origin} MDTI_GRAPH_ENDPOINT=${origin} MDTI_PROFILE=sandbox
  echo '${APPLICATION.secret}' | mdti login --method secret --app-id ${APPLICATION.id} --tenant-id ${APPLICATION.domain}
  mdti host contoso.com

Press Ctrl-C to stop.
`);
    expect(readFileSync(ca, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(readFileSync(params, 'utf8')).toMatch(/^\{\n {2}".*\n\}\n$/s);
    expect(JSON.parse(readFileSync(params, 'utf8'))).toMatchObject({
      graph_endpoint: origin,
      app_id: APPLICATION.id,
    });
    expect([ca, params].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(basename(dirname(ca))).toMatch(/^mdti-sandbox-/);
    // Also where the files are gone.
    if (signal === 'SIGHUP') rmSync(dirname(ca), { recursive: true });
    process.emit(signal, signal);
    expect([await ended, existsSync(dirname(ca))]).toEqual([0, false]);
  },
);
