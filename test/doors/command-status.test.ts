import { PluginError } from '../../src/base/errors';
import { runCommand } from '../../src/doors/cli/run-command';
import { executeCommand } from '../../src/doors/war-room/execute-line';
import { errorEntry, resultEntry } from '../../src/xsoar/entry';
import { splitArguments } from '../../src/xsoar/system-arguments';

jest.mock('../../src/doors/war-room/execute-line', () => ({ executeCommand: jest.fn() }));

const OK = resultEntry([{ id: 'a' }], '### Hosts', null);
const FAILED = errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'Try later.'));

test.each([
  ['every entry is a result', [OK, OK], 0],
  ['the first entry failed', [FAILED, OK], 1],
  ['a later entry failed', [OK, FAILED], 1],
  ['every entry failed', [FAILED, FAILED], 1],
])('the exit status where %s', async (_, entries, expected) => {
  jest.mocked(executeCommand).mockResolvedValue({
    entries,
    errors: [],
    args: {},
    system: splitArguments({}).system,
    context: {},
    lookups: [],
  } as never);
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const call = {
    options: { output: undefined, query: undefined, 'show-request': false, quiet: true },
    overrides: { params: {}, ca: '' },
  };
  const status = await runCommand(
    'msg-defender-threat-intel-host',
    { main: 'host_id', words: ['contoso.com'] },
    call,
  );
  out.mockRestore();
  err.mockRestore();
  expect(status).toBe(expected);
});
