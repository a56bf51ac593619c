import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localServices } from '../../src/doors/cli/local-services';

test('--sandbox wins over a profile, the environment and --param: nothing reaches the real tenant', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'mdti-profile-')), 'config.json');
  const real = { tenant_id: 'real.example', azure_ad_endpoint: 'https://login.microsoftonline.com' };
  writeFileSync(file, JSON.stringify({ profiles: { work: { ...real, app_id: 'real' } } }), { mode: 0o600 });
  process.env.MDTI_CONFIG = file;
  process.env.MDTI_GRAPH_ENDPOINT = 'https://graph.microsoft.com';
  const sandbox = {
    app_id: 'sandbox',
    tenant_id: 'sandbox.example',
    azure_ad_endpoint: 'https://localhost:1',
    graph_endpoint: 'https://localhost:1',
  };
  const { params, allowEndpoints } = localServices({
    profile: 'work',
    flags: ['tenant_id=real.example'],
    overrides: { params: sandbox, ca: '' },
  });
  expect(params).toMatchObject(sandbox);
  expect(allowEndpoints).toEqual(['https://localhost:1', 'https://localhost:1']);
});
