// cspell:ignore prams tenantid lastrun comand
import { silentLog } from '../../../src/base/log';
import { run, runDocument } from '../../../src/doors/run/run';

const HOST = { command: 'msg-defender-threat-intel-host' };

test.each([
  [{ ...HOST, arg: { host_id: 'contoso.com' } }, 'arg', 'args'],
  [{ ...HOST, arguments: { host_id: 'contoso.com' } }, 'arguments', 'args'],
  [{ ...HOST, args: {}, prams: {} }, 'prams', 'params'],
  [{ ...HOST, parameters: {} }, 'parameters', 'params'],
  [{ ...HOST, lastrun: {} }, 'lastrun', 'lastRun'],
  [{ ...HOST, integration_context: {} }, 'integration_context', 'integrationContext'],
  [{ comand: 'ip', args: {} }, 'comand', 'command'],
])('%j: a mistyped field is an error that names the near one', async (document, typed, meant) => {
  const result = await run(JSON.stringify(document), { log: silentLog });
  expect(result).toEqual({
    status: 2,
    document: {
      entries: [
        expect.objectContaining({
          Type: 4,
          Contents: `The document has no field "${typed}".\nDid you mean "${meant}"?`,
        }),
      ],
      errors: [{ code: 'INVOCATION_UNREADABLE' }],
    },
  });
});

test.each([
  { ...HOST, args: {}, arg: {} },
  { ...HOST, traceId: 'x', id: 3, tags: [] },
  { ...HOST, door: 'xsoar', arg: {} },
])('%j: a field of the caller is not an error', async (document) => {
  const { status } = await run(JSON.stringify(document), { log: silentLog });
  expect(status).toBe(1);
});

test('a mistyped parameter is logged with the near name, never its value', async () => {
  const log = jest.fn();
  const params = {
    tenantid: 'one',
    client_secret: 'secret value',
    max_results: '5',
    max_result: '6',
    engineGroup: 'x',
  };
  await runDocument({ ...HOST, params }, { log });
  await runDocument({ ...HOST, params }, { log });
  const warned = log.mock.calls.filter(([level]) => level === 'warn');
  expect(warned).toEqual([
    ['warn', 'a parameter that does not exist is ignored', { parameter: 'tenantid', meant: 'tenant_id' }],
    [
      'warn',
      'a parameter that does not exist is ignored',
      { parameter: 'client_secret', meant: 'credentials' },
    ],
  ]);
  log.mockClear();
  await runDocument({ ...HOST, params, door: 'xsoar' }, { log });
  expect(log.mock.calls.filter(([level]) => level === 'warn')).toEqual([]);
});

test('of many unknown names only the first 32 are compared, so that nothing else waits for it', async () => {
  const log = jest.fn();
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`field${at}`, 1]));
  const params = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`tenantid${at}`, 1]));
  await runDocument({ ...HOST, params }, { log });
  expect(log.mock.calls.filter(([level]) => level === 'warn')).toHaveLength(32);
  const { status } = await runDocument({ ...HOST, ...many, arg: {} }, { log });
  expect(status).toBe(1);
});
