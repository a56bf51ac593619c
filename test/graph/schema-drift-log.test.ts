import type { LogFields, LogLevel } from '../../src/base/log';
import { type Log, silentLog } from '../../src/base/log';
import { readCases } from '../support/case';
import { recordedPlugin } from '../support/recorder';

const EVENT = 'Graph object differs from the documented schema';

/** Runs a command on one response and gives the differences that were logged: `hostPort.status has the unknown value …`. */
async function drifts(
  command: string,
  args: Readonly<Record<string, string>>,
  body: unknown,
  { level = 'debug', times = 1 }: { level?: LogLevel; times?: number } = {},
): Promise<string[]> {
  const lines: string[] = [];
  const write = (rank: LogLevel, event: string, fields: LogFields = {}): void => {
    if (rank === 'debug' && event === EVENT)
      lines.push(`${fields.type}.${fields.property} ${fields.difference}`);
  };
  const log: Log = Object.assign(write, { level });
  const { plugin } = recordedPlugin(
    () => ({ status: 200, headers: {}, body: JSON.stringify(body) }),
    {},
    log,
  );
  for (let time = 0; time < times; time++) await plugin.execute(command, args);
  return lines;
}

const PORTS = 'msg-defender-threat-intel-host-ports-list';

test('rows of a stream are checked as well', async () => {
  const outcome: unknown[] = [];
  const log: Log = Object.assign(
    (_: LogLevel, __: string, fields?: LogFields) => void outcome.push(fields?.difference),
    {
      level: 'debug' as const,
    },
  );
  const body = JSON.stringify({ value: [{ id: 'b25l', port: '443' }] });
  const { plugin } = recordedPlugin(() => ({ status: 200, headers: {}, body }), {}, log);
  await plugin.execute(PORTS, { host_id: 'contoso.com' }, undefined, async () => {});
  expect(outcome).toContain('is not Edm.Int32');
});

test('logs only properties missing from the model, value by value', async () => {
  const port = {
    '@odata.type': '#microsoft.graph.security.hostPort',
    id: 'b25l',
    port: '443',
    status: 'quarantined',
    protocol: 'tcp',
    timesObserved: 1.5,
    firstSeenDateTime: '2016-17-13T08:43:41.00Z',
    lastSeenDateTime: '2023-02-30T00:00:00Z',
    lastScanDateTime: '2023-08-09T23:20:33.12Z',
    banners: 'none',
    services: [{ isRecent: 'yes', component: { id: 'Yw==', name: null } }],
    host: {
      '@odata.type': '#microsoft.graph.security.hostName',
      id: 'contoso.com',
      netblock: '192.0.2.0/24',
    },
    riskTier: 'gold',
  };
  expect(await drifts(PORTS, { host_id: 'contoso.com' }, { value: [port] })).toEqual([
    'hostPort.port is not Edm.Int32',
    'hostPort.status has the unknown value quarantined',
    'hostPort.timesObserved is not Edm.Int32',
    'hostPort.firstSeenDateTime is not Edm.DateTimeOffset',
    'hostPort.lastSeenDateTime is not Edm.DateTimeOffset',
    'hostPort.banners is not a list',
    'hostPortComponent.isRecent is not Edm.Boolean',
    'hostComponent.name is null',
    'host.@odata.type names the unknown type hostName',
    'hostPort.riskTier is not in the model',
  ]);
});

test('a difference is logged once for any number of rows and commands', async () => {
  const rows = [
    { id: 'b25l', sslVersion: '3' },
    { id: 'dHdv', sslVersion: '3' },
  ];
  const certificates = 'msg-defender-threat-intel-ssl-certificate-list';
  const args = { search_property: 'sha1', search_value: 'fb96' };
  expect(await drifts(certificates, args, { value: rows }, { times: 2 })).toEqual([
    'sslCertificate.sslVersion is not in the model',
  ]);
});

test('the value of a difference stays out of the log unless it is one word', async () => {
  const body = { value: { id: 'b25l', status: 'a string that\nnobody expected', protocol: {} } };
  expect(await drifts(PORTS, { host_port_id: 'b25l' }, body)).toEqual([
    'hostPort.status has the unknown value',
    'hostPort.protocol has the unknown value',
  ]);
});

test('the log is bounded for any number of differences', async () => {
  const properties = Array.from({ length: 300 }, (_, index) => [`${'x'.repeat(100)}${index}`, null]);
  const numbered = Array.from({ length: 300 }, (_, index) => [`extra${index}`, null]);
  const body = {
    value: [{ id: 'b25l', ...Object.fromEntries(properties), ...Object.fromEntries(numbered) }],
  };
  const outcome = await drifts(PORTS, { host_id: 'contoso.com' }, body);
  expect(outcome).toHaveLength(200);
  expect(outcome[0]).toBe(`hostPort.${'x'.repeat(60)}… is not in the model`);
});

test('a level that would not show a difference does not look for one', async () => {
  const body = { value: [{ id: 'b25l', riskTier: 'gold' }] };
  expect(await drifts(PORTS, { host_id: 'contoso.com' }, body, { level: 'info' })).toEqual([]);
});

const odd = readCases().filter(({ name, responses }) => name.endsWith('-odd') && responses !== undefined);

test.each(odd.map((one) => [`${one.command}/${one.name}`, one] as const))(
  '%s is responded the same whether differences are logged or not',
  async (_, one) => {
    const { command, args = {}, responses } = one;
    const [response] = responses ?? [];
    const bodies = () => ({ status: 200, headers: {}, body: JSON.stringify(response?.body) });
    const heard = recordedPlugin(
      bodies,
      {},
      Object.assign((): void => {}, { level: 'debug' as const }),
    );
    const unheard = recordedPlugin(bodies, {}, silentLog);
    expect(await heard.plugin.execute(command, args)).toEqual(await unheard.plugin.execute(command, args));
  },
);
