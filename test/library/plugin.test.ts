import { createPlugin, type HttpRequest, type Transport } from '../../src/index';

const PARAMS = {
  app_id: '00000000-0000-0000-0000-00000000000a',
  tenant_id: 'contoso.com',
  client_credentials: true,
  credentials: { password: 'not-a-secret' },
};

function graph(requests: HttpRequest[]): Transport {
  return async (request) => {
    requests.push(request);
    const body = request.url.includes('/oauth2/')
      ? { access_token: 'token', expires_in: 3600, token_type: 'Bearer' }
      : { '@odata.type': '#microsoft.graph.security.hostname', id: 'contoso.com', registrar: 'Example' };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  };
}

test('a program passes its own transport and receives the object and context key that the types declare', async () => {
  const requests: HttpRequest[] = [];
  const plugin = createPlugin({ params: PARAMS, transport: graph(requests) });
  const { entries, errors } = await plugin.execute('msg-defender-threat-intel-host', {
    host_id: 'contoso.com',
  });
  expect(errors).toEqual([]);
  expect(entries[0]?.Contents).toMatchObject({ id: 'contoso.com', registrar: 'Example' });
  expect(entries[0]?.EntryContext).toEqual({
    'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)': {
      odataType: 'hostname',
      id: 'contoso.com',
      registrar: 'Example',
    },
  });
  expect(requests.at(-1)?.url).toBe(
    'https://graph.microsoft.com/v1.0/security/threatIntelligence/hosts/contoso.com',
  );
});

test('nothing is sent before the first command', () => {
  const requests: HttpRequest[] = [];
  createPlugin({ params: PARAMS, transport: graph(requests) });
  expect(requests).toEqual([]);
});

test('an aborted signal returns an error entry', async () => {
  const plugin = createPlugin({
    params: PARAMS,
    transport: async ({ signal }) => {
      signal?.throwIfAborted();
      throw new Error('the signal did not arrive');
    },
  });
  const call = { host_id: 'contoso.com' } as const;
  const { entries, errors } = await plugin.execute(
    'msg-defender-threat-intel-host',
    call,
    AbortSignal.abort(),
  );
  expect(entries).toHaveLength(1);
  expect(entries[0]?.Type).toBe(4);
  expect(errors).toHaveLength(1);
});

test('a verdict has the keys that the types declare', async () => {
  const plugin = createPlugin({ params: PARAMS, transport: graph([]) });
  const { entries } = await plugin.execute('domain', { domain: 'contoso.com' });
  expect(Object.keys(entries[0]?.EntryContext ?? {}).sort()).toEqual(
    [
      'DBotScore(val.Indicator && val.Indicator == obj.Indicator && val.Vendor == obj.Vendor && val.Type == obj.Type)',
      'Domain(val.Name && val.Name == obj.Name)',
      ...['Host', 'HostReputation', 'Whois'].map(
        (part) => `MSGDefenderThreatIntel.${part}(val.id && val.id == obj.id)`,
      ),
    ].sort(),
  );
});

test('arguments that are null count as none, and a string is rejected', async () => {
  const plugin = createPlugin({ params: PARAMS, transport: graph([]) });
  const call = plugin.execute as (command: string, args: unknown) => ReturnType<typeof plugin.execute>;
  expect((await call('ip', null)).errors).toEqual([{ code: 'ARGUMENT_MISSING' }]);
  expect((await call('ip', 'text')).errors).toEqual([{ code: 'ARGUMENT_INVALID' }]);
});

function failing(): never {
  throw new Error('not a signal');
}

test('a signal that does not let go of its listener changes nothing', async () => {
  const plugin = createPlugin({ params: PARAMS, transport: graph([]) });
  const signal = { aborted: false, addEventListener: () => {}, removeEventListener: failing };
  const { errors } = await plugin.execute(
    'msg-defender-threat-intel-host',
    { host_id: 'contoso.com' },
    signal as never,
  );
  expect(errors).toEqual([]);
});

test.each([
  ['an object that contains the signal', { signal: new AbortController().signal }],
  ['the controller of the signal', new AbortController()],
  ['a number of milliseconds', 1_000],
  ['a signal that accepts no listener', { aborted: false, addEventListener: failing }],
  ['an object that cannot be read', new Proxy({}, { get: failing })],
  [
    'a signal whose reason cannot be read',
    Object.defineProperty({ aborted: true }, 'reason', { get: failing }),
  ],
])('%s in the place of the signal is an error entry, and nothing is sent', async (_, given) => {
  const requests: HttpRequest[] = [];
  const plugin = createPlugin({ params: PARAMS, transport: graph(requests) });
  const { entries, errors } = await plugin.execute('ip', { ip: '192.0.2.1' }, given as never);
  expect(errors).toEqual([{ code: 'ARGUMENT_INVALID' }]);
  expect(entries[0]?.Contents).toMatch(/^What cancels the command is not an AbortSignal\./);
  expect(requests).toEqual([]);
});

test('null in the place of the signal means that nothing cancels the command', async () => {
  const plugin = createPlugin({ params: PARAMS, transport: graph([]) });
  const { errors } = await plugin.execute(
    'msg-defender-threat-intel-host',
    { host_id: 'contoso.com' },
    null as never,
  );
  expect(errors).toEqual([]);
});
