import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log';
import { statePaths } from '../../src/base/user-paths';
import { fileStore } from '../../src/state/file-store';
import { raised } from '../support/raised';

test('a machine that slept while it changed the state does not overwrite what another process saved since', async () => {
  const place = statePaths({ MDTI_STATE_FILE: join(mkdtempSync(join(tmpdir(), 'mdti-slept-')), 'state') });
  const store = fileStore(place, { log: silentLog });
  await store.update(() => ({ login: 'old' }));
  const error = await raised(() =>
    store.update((state) => {
      // In the meantime another process considered the lock dead and holds the next ticket.
      writeFileSync(join(`${place.file}.lock`, '99'), '');
      return { ...state, login: 'stale' };
    }),
  );
  expect(error).toMatchObject({
    code: 'STATE_UNAVAILABLE',
    message: expect.stringContaining('took the lock'),
    hint: 'Run the command again.',
  });
  expect(await store.read()).toEqual({ login: 'old' });
});
