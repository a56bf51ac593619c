import { openEngine } from '../../src/engine/engine';
import { environmentProxy } from '../../src/http/proxy';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { instance } from '../support/instance';
import { errorText } from '../support/outcome';
import { startProxy, type TestProxy } from '../support/proxy';

const VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'];

let sandbox: Sandbox;
const open: TestProxy[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  for (const name of VARIABLES) delete process.env[name];
  sandbox.reset();
});
afterEach(async () => {
  for (const name of VARIABLES) delete process.env[name];
  for (const proxy of open.splice(0)) await proxy.close();
});

async function proxy(...refuse: Parameters<typeof startProxy>): Promise<TestProxy> {
  const started = await startProxy(...refuse);
  open.push(started);
  return started;
}

/** Waits between attempts are over at once. */
const clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  after(milliseconds: number, call: () => void) {
    if (milliseconds < 10_000) setImmediate(call);
    return () => {};
  },
};

function proxied(params: object = {}) {
  return instance(sandbox, { proxy: true, ...params }, { clock });
}

describe('a proxy that the environment names', () => {
  test('tunnels sign-in and Graph without decrypting them', async () => {
    const { address, tunnels } = await proxy();
    process.env.HTTPS_PROXY = `http://${address}`;
    expect(await proxied().says('test-module')).toBe('ok');
    expect(tunnels).toEqual([{ authority: new URL(sandbox.origin).host, credentials: undefined }]);
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  test('gets the credentials of its URL', async () => {
    const { address, tunnels } = await proxy(({ headers }) =>
      headers['proxy-authorization'] === undefined ? 407 : undefined,
    );
    process.env.https_proxy = `http://alex:p%40ss%3Aword@${address}`;
    expect(await proxied().says('test-module')).toBe('ok');
    expect(tunnels[0]?.credentials).toBe('alex:p@ss:word');
  });

  test('is used only if the parameter proxy is set', async () => {
    const { address, tunnels } = await proxy();
    process.env.HTTPS_PROXY = `http://${address}`;
    expect(await proxied({ proxy: false }).says('test-module')).toBe('ok');
    expect(tunnels).toEqual([]);
  });

  test('is not used for hosts in NO_PROXY', async () => {
    const { address, tunnels } = await proxy();
    process.env.HTTPS_PROXY = `http://${address}`;
    process.env.NO_PROXY = 'example.org, localhost';
    expect(await proxied().says('test-module')).toBe('ok');
    expect(tunnels).toEqual([]);
  });

  test('is reported with a hint if it requires credentials', async () => {
    const { address } = await proxy(() => 407);
    process.env.HTTPS_PROXY = `http://alex:wrong-password@${address}`;
    const text = await proxied().fails('test-module');
    expect(text).toContain(
      `No response from ${sandbox.origin} to the sign-in request: the proxy http://${address} requires a valid user and password (407).`,
    );
    expect(text).toContain('Check HTTPS_PROXY and NO_PROXY');
    expect(text).not.toContain('wrong-password');
    expect(sandbox.requests).toEqual([]);
  });

  test('is reported if it rejects CONNECT', async () => {
    const { address } = await proxy(() => 403);
    process.env.HTTPS_PROXY = `http://${address}`;
    expect(await proxied().fails('test-module')).toContain(
      `the proxy http://${address} refused the connection (403)`,
    );
  });

  test('is reported without its credentials if it is unreachable', async () => {
    const dead = await startProxy();
    await dead.close();
    process.env.ALL_PROXY = `http://alex:secret-word@${dead.address}`;
    const text = await proxied().fails('test-module');
    expect(text).toContain(`the proxy http://${dead.address} cannot be reached, the connection was refused`);
    expect(text).not.toContain('secret-word');
  });

  test.each(['socks5://127.0.0.1:1080', 'http://', '::'])('cannot be %s', async (address) => {
    process.env.HTTPS_PROXY = address;
    expect(await proxied().fails('test-module')).toContain(
      'The environment variable HTTPS_PROXY is not the address of an HTTP proxy.',
    );
  });
});

test('a certificate that is not trusted is trusted by insecure alone, with one warning', async () => {
  const log: string[] = [];
  // A separate log for each engine: a warning is written once per log.
  const given = () => ({
    log: (level: string, event: string) => void log.push(`${level}: ${event}`),
    clock,
  });
  const strict = openEngine({ params: sandbox.params, ...given() });
  expect(errorText(await strict.execute('test-module'))).toContain('its certificate is self-signed');
  const { address } = await proxy();
  process.env.HTTPS_PROXY = `http://${address}`;
  for (const way of [{}, { proxy: true }]) {
    log.length = 0;
    const insecure = openEngine({
      params: { ...sandbox.params, ...way, insecure: true },
      ...given(),
      allowEndpoints: [sandbox.origin],
    });
    for (let command = 0; command < 3; command++)
      expect((await insecure.execute('test-module')).entries[0]?.Contents).toBe('ok');
    expect(log.filter((line) => line.startsWith('warn'))).toEqual(['warn: certificates are not checked']);
  }
});

describe('the proxy for an address', () => {
  const PROXY = 'http://proxy.contoso.com:8080';

  test.each([
    [{ HTTPS_PROXY: PROXY }, `${PROXY}/`],
    [{ https_proxy: PROXY, HTTPS_PROXY: 'http://other.contoso.com' }, `${PROXY}/`],
    [{ ALL_PROXY: PROXY }, `${PROXY}/`],
    [{ HTTPS_PROXY: 'proxy.contoso.com:8080' }, `${PROXY}/`],
    [{ HTTP_PROXY: PROXY }, undefined],
    [{}, undefined],
    [{ HTTPS_PROXY: ' ' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: '*' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'graph.microsoft.com' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'a.example.org,MICROSOFT.com' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: '.microsoft.com' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: '::1 fe80::1%eth0' }, `${PROXY}/`],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: '*.microsoft.com:443' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'graph.microsoft.com:8443' }, `${PROXY}/`],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'soft.com, ,:443' }, `${PROXY}/`],
  ])('%j leads to %s', (environment, expected) => {
    expect(environmentProxy(environment)(new URL('https://graph.microsoft.com'))?.href).toBe(expected);
  });

  test.each(['2001:db8::1', '2001:0db8:0:0:0:0:0:1', '[2001:db8::1]', '[2001:db8::1]:443'])(
    'leaves out the IPv6 address that NO_PROXY writes as %s',
    (rule) => {
      const proxyFor = environmentProxy({ HTTPS_PROXY: PROXY, NO_PROXY: rule });
      expect(proxyFor(new URL('https://[2001:db8::1]/v1.0'))).toBeUndefined();
      expect(proxyFor(new URL('https://[2001:db8::2]/v1.0'))).toBeDefined();
    },
  );

  test('leaves IPv6 addresses and plain http out where it has to', () => {
    for (const rule of ['[2001:db8::1]:8443', '[2001:db8:0::1]:8443', '[2001:DB8:0:0:0:0:0:1]:8443']) {
      const proxyFor = environmentProxy({ HTTPS_PROXY: PROXY, NO_PROXY: rule });
      expect(proxyFor(new URL('https://[2001:db8::1]:8443'))).toBeUndefined();
      expect(proxyFor(new URL('https://[2001:db8::2]:8443'))).toBeDefined();
      expect(proxyFor(new URL('https://[2001:db8::1]'))).toBeDefined();
    }
    const proxyFor = environmentProxy({ HTTPS_PROXY: PROXY });
    expect(proxyFor(new URL('http://169.254.169.254/metadata'))).toBeUndefined();
  });
});
