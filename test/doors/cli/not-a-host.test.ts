import { formatResult } from '../../../src/doors/cli/formats';
import { verdictLines } from '../../../src/doors/cli/verdict-lines';
import { executeCommand } from '../../../src/doors/war-room/execute-line';
import { readRow } from '../../../src/enrich/row';
import type { CommandName } from '../../../src/manifest/generated/types';
import { splitArguments } from '../../../src/xsoar/system-arguments';
import { recordedPlugin } from '../../support/recorder';
import { httpResponse } from '../../support/response';

const SCREEN = { styled: false, width: 100 };
const MISSING = httpResponse({ error: { code: 'NotFound', message: 'No such host.' } }, 404);

/** What lists of observables contain besides hosts, and the reason that a user reads. */
const NO_HOSTS = [
  ['CVE-2099-10001', 'is a CVE ID'],
  ['cve\u20112099\u201110001', 'is a CVE ID'],
  ['d41d8cd98f00b204e9800998ecf8427e', 'is an MD5 hash'],
  ['da39a3ee5e6b4b0d3255bfef95601890afd80709', 'is a SHA-1 hash'],
  ['N/A', 'is a placeholder'],
  [' none ', 'is a placeholder'],
  ['AS64497', 'is an AS number'],
  ['alex@contoso.com', 'is an e-mail address'],
  ['alex[@]contoso[.]com', 'is an e-mail address'],
  ['192.0.2.0/24 (office)', 'is a CIDR block'],
] as const;

async function run(command: CommandName, args: Record<string, unknown>) {
  const { plugin, requested } = recordedPlugin(() => MISSING);
  const executed = await executeCommand({ command, args }, splitArguments({}).system, plugin);
  return { executed, requested };
}

describe.each([
  ['ip', 'ip'],
  ['domain', 'domain'],
  ['msg-defender-threat-intel-host', 'host_id'],
  ['msg-defender-threat-intel-host-reputation', 'host_id'],
  ['msg-defender-threat-intel-host-ports-list', 'host_id'],
] as const)('%s', (command, argument) => {
  test.each(NO_HOSTS)('rejects %j: it %s; nothing is sent', async (text, reason) => {
    const { executed, requested } = await run(command, { [argument]: text });
    expect(executed.entries).toEqual([
      expect.objectContaining({ Type: 4, Contents: expect.stringContaining(reason) }),
    ]);
    expect(requested).toEqual([]);
  });
});

test.each(['fade.example/24', 'contoso.com/24', '192.0.2.1/24/x', 'decade.example', 'none.example'])(
  '%s is a host',
  async (text) => {
    const { executed } = await run('msg-defender-threat-intel-host', { host_id: text });
    expect(executed.errors).toEqual([]);
    expect(readRow(text)).toHaveProperty('observable');
  },
);

test('each text of a list that is not a host is a row with its reason', async () => {
  const { executed } = await run('msg-defender-threat-intel-host-reputation', {
    host_id: ['contoso.com', 'CVE-2099-10001', 'N/A'],
  });
  expect(await formatResult(executed, 'csv', SCREEN)).toBe(
    [
      'hostId,status,error',
      'contoso.com,not found,',
      'CVE-2099-10001,failed,"""CVE-2099-10001"" is a CVE ID, not a host."',
      'N/A,failed,"""N/A"" is a placeholder."',
      '',
    ].join('\r\n'),
  );
});

test('a verdict names observables that were skipped or not found', async () => {
  const { executed } = await run('ip', { ip: ['192.0.2.1', 'N/A'] });
  expect(verdictLines(executed, SCREEN)).toEqual(['?  not found      192.0.2.1', '!  not looked up  N/A']);
});
