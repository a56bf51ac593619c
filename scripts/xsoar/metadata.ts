import type { Manifest } from '../manifest/shape';

/** `pack_metadata.json`: what the platform shows of the pack before it is opened. */
export function packMetadata({ display, category, marketplaces }: Manifest, version: string): object {
  return {
    name: `${display} (Graph)`,
    description:
      'Asks Microsoft about hosts, certificates and vulnerabilities, reads its articles and actor profiles, and fetches new articles as incidents.',
    support: 'community',
    currentVersion: version,
    author: 'msg-defender-threat-intel',
    url: '',
    email: '',
    categories: [category],
    tags: ['Threat Intelligence'],
    useCases: [],
    keywords: ['MDTI', 'Microsoft Graph', 'WHOIS', 'passive DNS'],
    marketplaces,
  };
}

/** The notes of one version out of the changelog, under the heading that the platform wants. */
export function releaseNotes(changelog: string, display: string, version: string): string {
  const section = changelog.split(/^## /m).find((part) => part.startsWith(version));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`);
  const notes = section.slice(section.indexOf('\n')).trim();
  return `#### Integrations\n\n##### ${display}\n\n${notes}\n`;
}
