import { argumentsOf, commandNamed } from '../../../manifest/short-names';
import type { WebGraph, WebNode, WebNodeKind, WebPivot } from '../shared/protocol';

interface PivotRule {
  readonly label: string;
  readonly command: string;
  /** The argument that takes the node's value. */
  readonly argument: string;
  readonly kinds: readonly WebNodeKind[];
  /** Relations that it adds, to count what is known. */
  readonly relations: readonly string[];
  readonly more?: Readonly<Record<string, string>>;
}

const HOSTS = ['domain', 'address'] as const;
const HOST = { argument: 'host_id', kinds: HOSTS } as const;

/** Relations that can be followed, by the command that reads them. */
const RULES: readonly PivotRule[] = [
  {
    ...HOST,
    label: 'Resolutions',
    command: 'host-passive-dns',
    relations: ['resolves-to', 'uses-name-server', 'uses-mail-server'],
  },
  {
    ...HOST,
    label: 'Subdomains',
    command: 'host-subdomains',
    relations: ['subdomain-of'],
    kinds: ['domain'],
  },
  { ...HOST, label: 'Certificates', command: 'host-ssl-certificates', relations: ['uses-certificate'] },
  { ...HOST, label: 'Host pairs', command: 'host-pairs', relations: ['links-to'] },
  { ...HOST, label: 'Trackers', command: 'host-trackers', relations: ['uses-tracker'] },
  { ...HOST, label: 'WHOIS', command: 'host-whois', relations: ['registered-by'] },
  { ...HOST, label: 'WHOIS history', command: 'host-whois-history', relations: [] },
  { ...HOST, label: 'Open ports', command: 'host-ports', relations: [] },
  {
    label: 'Indicators',
    command: 'article-indicators',
    argument: 'article_id',
    kinds: ['article'],
    relations: ['indicator-of'],
  },
  {
    label: 'Indicators',
    command: 'profile-indicators',
    argument: 'intel_profile_id',
    kinds: ['profile'],
    relations: ['indicator-of'],
  },
  {
    label: 'Articles',
    command: 'vulnerability-articles',
    argument: 'vulnerability_id',
    kinds: ['vulnerability'],
    relations: ['related-to'],
  },
  {
    label: 'Domains of this registrant',
    command: 'whois-search',
    argument: 'search_value',
    kinds: ['registrant'],
    relations: ['registered-by'],
  },
];

/** What can be asked about a node next, with the neighbors that are known already. */
export function pivotsOf(node: WebNode, graph: WebGraph): WebPivot[] {
  const around = graph.edges.filter(({ source, target }) => source === node.id || target === node.id);
  return RULES.filter(
    ({ kinds, command }) => kinds.includes(node.kind) && commandNamed(command) !== undefined,
  ).map(({ label, command, argument, relations, more }) => ({
    label,
    command,
    args: { [argument]: node.value, ...searchProperty(node, command), ...more },
    known: around.filter(({ relation }) => relations.includes(relation)).length,
  }));
}

function searchProperty(node: WebNode, command: string): Readonly<Record<string, string>> {
  if (command !== 'whois-search') return {};
  return { search_property: node.value.includes('@') ? 'registrant/email' : 'registrant/organization' };
}

const SUMMARIES: Partial<Record<WebNodeKind, readonly [command: string, argument: string][]>> = {
  domain: [
    ['host-summary', 'host_id'],
    ['domain', 'domain'],
  ],
  address: [
    ['host-summary', 'host_id'],
    ['ip', 'ip'],
  ],
  vulnerability: [
    ['vulnerability-summary', 'vulnerability_id'],
    ['cve', 'cve'],
  ],
  article: [
    ['article-summary', 'article_id'],
    ['article-list', 'article_id'],
  ],
  profile: [
    ['profile-summary', 'intel_profile_id'],
    ['profile-list', 'intel_profile_id'],
  ],
};

/** The command that reads everything about a node, as far as this version has one. */
export function summaryOf({ kind, value }: WebNode) {
  for (const [command, argument] of SUMMARIES[kind] ?? []) {
    const known = commandNamed(command);
    if (known !== undefined && Object.hasOwn(argumentsOf(known), argument))
      return { command, args: { [argument]: value } };
  }
  return undefined;
}
