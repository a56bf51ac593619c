import { silentLog } from '../../src/base/log';
import { runDocument } from '../../src/doors/run/run';
import { openEngine } from '../../src/engine/engine';

jest.mock('../../src/engine/engine');

const OK = { Type: 1, ContentsFormat: 'text', Contents: 'ok' };
const FAILED = { Type: 4, ContentsFormat: 'text', Contents: 'failed', EntryContext: null };

test.each([
  [[OK], 0],
  [[FAILED], 1],
  [[OK, FAILED], 1],
  [[OK, OK, FAILED, OK], 1],
])('entries %j give the exit status %i', async (entries, status) => {
  jest.mocked(openEngine).mockReturnValue({ execute: async () => ({ entries, errors: [] }) } as never);
  expect((await runDocument({ command: 'ip' }, { log: silentLog })).status).toBe(status);
});
