import os from 'node:os';
import { systemClock } from '../../src/base/clock';
import { silentLog } from '../../src/base/log';
import { statePaths } from '../../src/base/user-paths';
import { openBudget } from '../../src/engine/open-budget';
import { recordedPlugin } from '../support/recorder';

/** What Node throws for a user that the system does not know, as the one of a container's image. */
const unknownUser = () => {
  throw new Error('A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)');
};

beforeEach(() => {
  jest.spyOn(os, 'homedir').mockImplementation(unknownUser);
  jest.spyOn(os, 'userInfo').mockImplementation(unknownUser);
});
afterEach(() => jest.restoreAllMocks());

test('a user without a home folder runs commands, with a budget of this process', async () => {
  const { plugin, requested } = recordedPlugin();
  await openBudget({}, { clock: systemClock, log: silentLog, serves: true }).take(1, 'interactive');
  const { errors } = await plugin.execute('msg-defender-threat-intel-article-list');
  expect([errors, requested.length]).toEqual([[], 1]);
});

test('a command that stores sign-ins names the variable to set', () => {
  expect(() => statePaths({}, undefined, 'linux')).toThrow('This user has no home folder.');
  expect(statePaths({ MDTI_STATE_FILE: '/data/state' }, undefined, 'linux').file).toBe('/data/state');
  expect(statePaths({ XDG_STATE_HOME: '/data' }, undefined, 'linux').file).toBe('/data/mdti/state');
});
