import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages } from './supply/bundled';

const ROOT = join(__dirname, '..');

interface Component {
  readonly 'bom-ref': string;
  readonly properties?: unknown;
}

interface Bom {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/**
 * Writes `dist/sbom.cdx.json` (CycloneDX): of all that npm knows about the tree, the packages that are in the bundle. They are
 * development dependencies to npm, since a user of the package installs none of them, and required at run time.
 */
function main(): void {
  const bom = npmSbom();
  const bundled = new Set(bundledPackages());
  const held = bom.components.filter((component) => bundled.has(component['bom-ref']));
  const missing = [...bundled].filter((one) => !held.some((component) => component['bom-ref'] === one));
  if (missing.length > 0) throw new Error(`The lockfile does not know ${missing.join(', ')}.`);
  const components = held.map(({ properties: _, ...component }) => ({ ...component, scope: 'required' }));
  const [product] = bom.dependencies;
  const dependencies = bom.dependencies
    .filter(({ ref }) => bundled.has(ref) || ref === product?.ref)
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => bundled.has(one)) }));
  writeFileSync(
    join(ROOT, 'dist/sbom.cdx.json'),
    `${JSON.stringify({ ...bom, components, dependencies }, null, 2)}\n`,
  );
  console.log(`dist/sbom.cdx.json: ${components.length} packages`);
}

function npmSbom(): Bom {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  return JSON.parse(execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
}

main();
