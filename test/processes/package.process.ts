import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

test('the package contains what it should and nothing else', () => {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      // npm writes to its cache even here, and the home folder may be read-only.
      env: { ...process.env, npm_config_cache: mkdtempSync(join(tmpdir(), 'mdti-npm-')) },
    }),
  ) as [{ files: readonly { readonly path: string }[] }];
  const kinds = new Set(files.map(({ path }) => path.replace(/[^/]+(?=\.[a-z.]+$)/, '*')));
  const allowed =
    /^(?:dist\/web\/\*\.(?:css|js|svg|html)|dist\/\*\.(?:[cm]?js|[cm]?ts|json|md)|dist\/mdti\.1|dist\/types\/(?:.*\/)?\*\.ts|docs\/.*\*\.md|playbooks\/\*\.(?:yml|md)|dist\/\*\.gz|\*\.(?:md|json|yml)|LICENSE)$/;
  expect([...kinds].filter((kind) => !allowed.test(kind))).toEqual([]);
  expect(files.length).toBeGreaterThan(5);
});
