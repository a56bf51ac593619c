import type { WebGraph, WebNode, WebNodeKind, WebPivot } from '../shared/protocol';

interface PivotRule {
  readonly label: string;
  readonly command: string;
  /** The argument that takes the node's value. */
  readonly argument: string;
  readonly kinds: readonly WebNodeKind[];
  /** Relations that it adds, used to count the known neighbors. */
  readonly relations: readonly string[];
  readonly more?: Readonly<Record<string, string>>;
}

const HOSTS = ['domain', 'address'] as const;
const LISTS = { argument: 'host_id', kinds: HOSTS, relations: [] } as const;
const EXPAND = { command: 'expand', argument: 'seeds' } as const;

/** Relations that can be followed. Those of an expansion keep its stop rules: hubs are counted, not listed. */
const RULES: readonly PivotRule[] = [
  {
    ...EXPAND,
    label: 'All relations',
    kinds: [...HOSTS, 'certificate', 'article', 'profile', 'vulnerability'],
    relations: ['*'],
  },
  ...follow('Resolutions', 'resolutions', HOSTS, ['resolves-to', 'uses-mail-server']),
  ...follow('Subdomains', 'subdomains', ['domain'], ['subdomain-of']),
  ...follow('Certificates', 'certificates', [...HOSTS], ['uses-certificate']),
  ...follow('Hosts with this certificate', 'certificates', ['certificate'], ['uses-certificate']),
  ...follow('Host pairs', 'pairs', HOSTS, ['links-to']),
  ...follow('Trackers', 'trackers', HOSTS, ['uses-tracker']),
  ...follow('Name servers', 'name_servers', ['domain'], ['uses-name-server']),
  ...follow('Cookies', 'cookies', HOSTS, ['sets-cookie']),
  ...follow('Components', 'components', HOSTS, ['runs-component']),
  ...follow('Articles', 'articles', [...HOSTS, 'vulnerability'], ['indicator-of', 'related-to']),
  ...follow('Indicators', 'indicators', ['article', 'profile'], ['indicator-of']),
  { ...LISTS, label: 'WHOIS and registrant', command: 'host-whois', relations: ['registered-by'] },
  { ...LISTS, label: 'WHOIS history', command: 'host-whois-history' },
  { ...LISTS, label: 'Open ports', command: 'host-ports' },
  {
    label: 'Domains of this registrant',
    command: 'whois-search',
    argument: 'search_value',
    kinds: ['registrant'],
    relations: ['registered-by'],
  },
];

function follow(
  label: string,
  relation: string,
  kinds: readonly WebNodeKind[],
  relations: readonly string[],
): PivotRule[] {
  return [{ ...EXPAND, label, kinds, relations, more: { follow: relation } }];
}

/** The relations that an expansion follows from a kind of node, each with its name in the menu. */
export function relationsFollowed(kind: WebNodeKind): readonly Pick<PivotRule, 'label' | 'relations'>[] {
  return RULES.filter(({ kinds, more }) => kinds.includes(kind) && more?.follow !== undefined);
}

/** Returns the requests that are available for a node, with the neighbors that are already known. */
export function pivotsOf(node: WebNode, graph: WebGraph): WebPivot[] {
  const around = graph.edges.filter(
    ({ source, target }) =>
      (source === node.id || target === node.id) &&
      !source.startsWith('group:') &&
      !target.startsWith('group:'),
  );
  const rules = RULES.filter(({ kinds }) => kinds.includes(node.kind));
  return rules.map(({ label, command, argument, relations, more }) => ({
    label,
    command,
    args: {
      [argument]: seedOf(node),
      ...searchProperty(node, command),
      ...more,
    },
    known: around.filter(({ relation }) => relations.includes('*') || relations.includes(relation)).length,
  }));
}

/** Records are seeds by their kind and id. */
export function seedOf({ kind, value }: WebNode): string {
  return kind === 'article' || kind === 'profile' ? `${kind}:${value}` : value;
}

function searchProperty(node: WebNode, command: string): Readonly<Record<string, string>> {
  if (command !== 'whois-search') return {};
  return { search_property: node.value.includes('@') ? 'registrant/email' : 'registrant/organization' };
}

const SUMMARIES: Partial<Record<WebNodeKind, readonly [command: string, argument: string]>> = {
  domain: ['host-summary', 'host_id'],
  address: ['host-summary', 'host_id'],
  vulnerability: ['vulnerability-summary', 'vulnerability_id'],
  article: ['article-summary', 'article_id'],
  profile: ['profile-summary', 'intel_profile_id'],
};

/** The command that reads everything about a node; undefined for a kind without one. */
export function dossierOf({ kind, value }: WebNode) {
  const summary = SUMMARIES[kind];
  if (summary === undefined) return undefined;
  const [command, argument] = summary;
  return { command, args: { [argument]: value } };
}
