import type { Manifest } from '../manifest/shape';

/** `pack_metadata.json`: what the platform shows of the pack before it is opened. */
export function packMetadata({ display, category, marketplaces }: Manifest, version: string) {
  return {
    name: `${display} (Graph)`,
    description:
      'Looks up hosts, certificates and vulnerabilities, reads articles and actor profiles, and fetches new articles as incidents.',
    support: 'community',
    currentVersion: version,
    author: 'msg-defender-threat-intel',
    url: '',
    email: '',
    categories: [category],
    tags: ['Threat Intelligence'],
    useCases: [],
    // What the names of the incident fields start with.
    itemPrefix: ['MDTI'],
    keywords: ['MDTI', 'Microsoft Graph', 'WHOIS', 'passive DNS'],
    marketplaces,
  };
}

/** `metadata.json`: what the platform reads when a zip is uploaded. */
export function dumpedMetadata(manifest: Manifest, version: string): object {
  const { commonfields, fromversion } = manifest;
  return {
    id: commonfields.id,
    ...packMetadata(manifest, version),
    serverMinVersion: fromversion,
    versionInfo: version,
    author_image: 'Author_image.png',
    certification: '',
    hidden: false,
    deprecated: false,
    dependencies: {},
  };
}
