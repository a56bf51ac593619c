import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readManifest } from '../generate/manifest';
import type { Manifest } from '../manifest/shape';
import { CLASSIFIER, INCOMING_MAPPER } from './article-incidents';

/** The manifest as the platform installs it: with the code, the picture and the setup text in one document. */
export interface UnifiedManifest extends Manifest {
  /** A data address. */
  readonly image: string;
  /** Markdown beside the form. */
  readonly detaileddescription: string;
  readonly defaultclassifier: string;
  readonly defaultmapperin: string;
}

/** @param dockerimage the image that contains Node.js and mdti. */
export function unifiedManifest(root: string, dockerimage: string): UnifiedManifest {
  const manifest = readManifest(readFileSync(join(root, 'integration.yml'), 'utf8'));
  const picture = readFileSync(join(root, 'xsoar/image.png')).toString('base64');
  return {
    ...manifest,
    image: `data:image/png;base64,${picture}`,
    defaultclassifier: CLASSIFIER,
    defaultmapperin: INCOMING_MAPPER,
    detaileddescription: readFileSync(join(root, 'xsoar/description.md'), 'utf8'),
    script: {
      ...manifest.script,
      dockerimage,
      script: integrationCode(root),
    },
  };
}

/**
 * `xsoar/shim.py` as the platform gets it: in a string that is compiled once per interpreter. The platform compiles an integration's
 * code for every command, and that takes longer than the command.
 */
export function integrationCode(root: string): string {
  const source = readFileSync(join(root, 'xsoar/shim.py'), 'utf8');
  if (/\\|'''/.test(source.replaceAll('\\n', '')))
    throw new Error("xsoar/shim.py: no ''' and no escape but \\n");
  return `import sys
import types

SOURCE = r'''${source}'''

integration = sys.modules.get("_mdti_integration")
if integration is None or integration.SOURCE != SOURCE:
    integration = types.ModuleType("_mdti_integration")
    integration.SOURCE = SOURCE
    exec(compile(SOURCE, "shim.py", "exec"), integration.__dict__)
    sys.modules["_mdti_integration"] = integration
integration.main(demisto)
`;
}

export function unifiedYaml(root: string, dockerimage: string): string {
  return stringify(unifiedManifest(root, dockerimage), { lineWidth: 120 });
}
