import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { name, version } from '../package.json';
import { bundledPackages } from './supply/bundled';

const ROOT = join(__dirname, '..');

interface Component {
  readonly 'bom-ref': string;
  readonly properties?: unknown;
}

interface Bom {
  readonly metadata?: { readonly component?: object };
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
  // npm names the product after the folder that holds it.
  const component = { ...bom.metadata?.component, name, version };
  const metadata = { ...bom.metadata, component };
  writeFileSync(
    join(ROOT, 'dist/sbom.cdx.json'),
    `${JSON.stringify({ ...bom, metadata, components, dependencies }, null, 2)}\n`,
  );
  writeFileSync(join(ROOT, 'dist/third-party-licenses.md'), licenses([...bundled].sort()));
  console.log(`dist/sbom.cdx.json: ${components.length} packages`);
}

/** The license text of every package in the bundle, as its license requires. @throws Error for one that ships none. */
function licenses(bundled: readonly string[]): string {
  const texts = bundled.map((one) => {
    const folder = join(ROOT, 'node_modules', one.slice(0, one.lastIndexOf('@')));
    const files = readdirSync(folder).filter((file) => /^(?:license|license|notice|copying)/i.test(file));
    const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      license?: string;
    };
    if (files.length === 0 && license === undefined) throw new Error(`${one} names no license.`);
    const words = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return `## ${one}\n\nLicense: ${license ?? 'see the text'}\n\n\`\`\`text\n${words.join('\n\n') || 'The package ships no license text.'}\n\`\`\`\n`;
  });
  return `# Licenses of the packages in the bundle\n\n${texts.join('\n')}`;
}

function npmSbom(): Bom {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  return JSON.parse(execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
}

main();
