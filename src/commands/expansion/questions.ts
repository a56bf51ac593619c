import { isPluginError } from '../../base/errors';
import type { GraphRequest } from '../../graph/request';
import {
  articleEntity,
  hostEntity,
  profileEntity,
  ratingOf,
  vulnerabilityEntity,
} from '../../investigation/entities';
import type { Entity, GraphNode, NodeKind } from '../../investigation/graph';
import * as links from '../../investigation/links';
import type { Neighbors, Question } from '../../investigation/question';
import type { CommandName } from '../../manifest/generated/types';
import type {
  Article,
  Host,
  HostReputation,
  HostTracker,
  IntelligenceProfile,
  Subdomain,
  Vulnerability,
} from '../../model/generated/graph';
import { type LooseArgs, plan, type RouteChoice } from '../../plan/plan';
import { articleCommands } from '../article';
import { hostCommands } from '../host';
import { hostComponentCommands } from '../host-component';
import { hostCookieCommands } from '../host-cookie';
import { hostPairCommands } from '../host-pair';
import { hostSslCertificateCommands } from '../host-ssl-certificate';
import { hostTrackerCommands } from '../host-tracker';
import { passiveDnsCommands } from '../passive-dns';
import { profileCommands } from '../profile';
import { sslCertificateCommands } from '../ssl-certificate';
import { subdomainCommands } from '../subdomain';
import { vulnerabilityCommands } from '../vulnerability';
import { whoisCommands } from '../whois';
import { isMachineMade } from './machine-made';

const HOSTS: readonly NodeKind[] = ['domain', 'address'];

/** From so many names on, an address or a certificate is shared by unrelated owners. */
const SHARED = 100;

/** From so many subdomains on, or where nearly all labels are random, any label resolves. */
const WILDCARD = 1_000;
const ENOUGH_LABELS = 20;

/** Kinds of trackers that identify software or a vendor, not the owner of the host. */
const COMMON_TRACKERS = /^(?:jarm|ja3s?|favicon|http|html|header|server)|hash$/i;

const declared = {
  ...articleCommands,
  ...hostCommands,
  ...hostComponentCommands,
  ...hostCookieCommands,
  ...hostPairCommands,
  ...hostSslCertificateCommands,
  ...hostTrackerCommands,
  ...passiveDnsCommands,
  ...profileCommands,
  ...sslCertificateCommands,
  ...subdomainCommands,
  ...vulnerabilityCommands,
  ...whoisCommands,
};

type Declared = keyof typeof declared;

/** What the seeds are asked for: titles, certificates' hashes, first and last seen. */
export const DETAILS: readonly Question[] = [
  one<Host>('msg-defender-threat-intel-host', HOSTS, 'host_id', hostEntity),
  one<Article>('msg-defender-threat-intel-article-list', ['article'], 'article_id', articleEntity),
  one<IntelligenceProfile>(
    'msg-defender-threat-intel-profile-list',
    ['profile'],
    'intel_profile_id',
    profileEntity,
  ),
  one<Vulnerability>(
    'msg-defender-threat-intel-vulnerability',
    ['vulnerability'],
    'vulnerability_id',
    vulnerabilityEntity,
  ),
];

/** The verdict of a host, and the articles that it rests on. */
export const VERDICT: Question<HostReputation> = {
  kinds: HOSTS,
  command: 'msg-defender-threat-intel-host-reputation',
  request: byValue('msg-defender-threat-intel-host-reputation', 'host_id'),
  links: (reputation, node) => links.reputationLinks(node, reputation),
  update: ratingOf,
};

/** What the argument `follow` takes, and what is requested for it. */
export const FOLLOW: Readonly<Record<string, readonly Question[]>> = {
  resolutions: [
    list('msg-defender-threat-intel-host-passive-dns-list', ['domain'], 'host_id', links.passiveDnsLinks, {
      nouns: ['resolution', 'resolutions'],
      relation: 'resolves-to',
      direction: 'out',
    }),
    list('msg-defender-threat-intel-host-passive-dns-list', ['address'], 'host_id', links.passiveDnsLinks, {
      nouns: ['host', 'hosts'],
      relation: 'resolves-to',
      direction: 'in',
      hub: {
        reason: 'shared-address',
        rows: SHARED + 1,
        applies: (size) => size > SHARED,
        because: 'So many names share an address of a hosting provider or a CDN.',
      },
    }),
  ],
  subdomains: [
    list<Subdomain>(
      'msg-defender-threat-intel-host-subdomains-list',
      ['domain'],
      'host_id',
      links.subdomainLinks,
      {
        nouns: ['subdomain', 'subdomains'],
        relation: 'subdomain-of',
        direction: 'in',
        hub: {
          reason: 'wildcard-subdomains',
          rows: ENOUGH_LABELS,
          applies: (size, rows) => size > WILDCARD || (rows.length >= ENOUGH_LABELS && areMachineMade(rows)),
          because: 'Any name below a wildcard resolves.',
        },
      },
    ),
  ],
  certificates: [
    list(
      'msg-defender-threat-intel-host-ssl-certificates-list',
      HOSTS,
      'host_id',
      links.certificateUseLinks,
      {
        nouns: ['certificate', 'certificates'],
        relation: 'uses-certificate',
        direction: 'out',
      },
    ),
    list<Host>(
      'msg-defender-threat-intel-ssl-certificate-related-hosts-list',
      ['certificate'],
      'ssl_certificate_id',
      links.relatedHostLinks,
      {
        nouns: ['host', 'hosts'],
        relation: 'uses-certificate',
        direction: 'in',
        hub: {
          reason: 'popular-certificate',
          rows: SHARED + 1,
          applies: (size) => size > SHARED,
          because: 'A certificate on so many hosts belongs to a hosting provider or a CDN.',
        },
      },
    ),
  ],
  pairs: [
    list('msg-defender-threat-intel-host-pairs-list', HOSTS, 'host_id', links.hostPairLinks, {
      nouns: ['linked host', 'linked hosts'],
      relation: 'links-to',
      direction: 'out',
    }),
  ],
  trackers: [
    list<HostTracker>('msg-defender-threat-intel-host-trackers-list', HOSTS, 'host_id', links.trackerLinks, {
      nouns: ['tracker', 'trackers'],
      relation: 'uses-tracker',
      direction: 'out',
      isCommon: ({ kind }) => COMMON_TRACKERS.test(kind ?? ''),
    }),
  ],
  cookies: [
    list('msg-defender-threat-intel-host-cookies-list', HOSTS, 'host_id', links.cookieLinks, {
      nouns: ['cookie', 'cookies'],
      relation: 'sets-cookie',
      direction: 'out',
    }),
  ],
  components: [
    list('msg-defender-threat-intel-host-components-list', HOSTS, 'host_id', links.componentLinks, {
      nouns: ['component', 'components'],
      relation: 'runs-component',
      direction: 'out',
    }),
  ],
  name_servers: [
    {
      kinds: ['domain'],
      command: 'msg-defender-threat-intel-host-whois',
      request: byValue('msg-defender-threat-intel-host-whois', 'host_id'),
      links: (whois, node) => links.whoisLinks(node, whois),
    } satisfies Question,
  ],
  articles: [
    list<Article>(
      'msg-defender-threat-intel-vulnerability-articles-list',
      ['vulnerability'],
      'vulnerability_id',
      links.vulnerabilityArticleLinks,
      { nouns: ['article', 'articles'], relation: 'related-to', direction: 'out' },
    ),
  ],
  indicators: [
    list(
      'msg-defender-threat-intel-article-indicators-list',
      ['article'],
      'article_id',
      links.indicatorLinks,
      {
        nouns: ['indicator', 'indicators'],
        relation: 'indicator-of',
        direction: 'in',
      },
    ),
    list(
      'msg-defender-threat-intel-profile-indicators-list',
      ['profile'],
      'intel_profile_id',
      links.indicatorLinks,
      {
        nouns: ['indicator', 'indicators'],
        relation: 'indicator-of',
        direction: 'in',
      },
    ),
  ],
};

/** Followed unless the argument says otherwise: what ties hosts to an owner or to a report. */
export const FOLLOWED_BY_DEFAULT: readonly string[] = [
  'resolutions',
  'subdomains',
  'certificates',
  'pairs',
  'trackers',
  'articles',
  'indicators',
];

/** The request for Graph's record of a certificate, by its hash or its id. */
export function certificateRequest({ value, recordId }: Entity): GraphRequest | undefined {
  const command = 'msg-defender-threat-intel-ssl-certificate-list';
  return recordId === undefined
    ? request(command, { search_property: 'sha1', search_value: value, limit: 1 })
    : request(command, { ssl_certificate_id: recordId });
}

function one<Row>(
  command: Declared & CommandName,
  kinds: readonly NodeKind[],
  argument: string,
  read: (row: Row) => Entity | undefined,
): Question {
  return {
    kinds,
    command,
    request: byValue(command, argument),
    links: () => [],
    update: (row: never) => {
      const { kind: _, value: __, ...more } = read(row) ?? { kind: undefined, value: undefined };
      return more;
    },
  };
}

function list<Row>(
  command: Declared & CommandName,
  kinds: readonly NodeKind[],
  argument: string,
  read: (row: Row & never, node: GraphNode) => ReturnType<Question['links']>,
  neighbors: Neighbors<Row>,
): Question {
  return {
    kinds,
    command,
    request: byValue(command, argument),
    links: read as Question['links'],
    neighbors: neighbors as Neighbors,
  };
}

/** The request about a node by its value, or by Graph's id where that is another; none about a value that is no host or id after all. */
function byValue(command: Declared, argument: string): Question['request'] {
  return (node, rows) => {
    const id = node.kind === 'certificate' ? node.recordId : node.value;
    if (id === undefined) return undefined;
    try {
      return request(command, { [argument]: id, limit: rows });
    } catch (error) {
      // Graph's own objects contain odd names; a seed was checked before.
      if (isPluginError(error) && error.code === 'ARGUMENT_INVALID') return undefined;
      throw error;
    }
  };
}

function request(command: Declared, args: LooseArgs): GraphRequest | undefined {
  const [planned] = plan(
    declared[command] as RouteChoice<LooseArgs>,
    args,
    Number.POSITIVE_INFINITY,
  ).requests;
  if (planned === undefined || planned.answers === 'entity') return planned;
  return {
    ...planned,
    // What Graph may reject is repeated by the expansion and not by the client, so that every request counts.
    query: [...planned.query, ...(planned.optional ?? []), { name: '$count', value: 'true' }],
    optional: [],
    rows: { ...planned.rows, onePage: true },
    batched: true,
  };
}

function areMachineMade(rows: readonly Subdomain[]): boolean {
  const labels = rows.map(({ host }) => (host?.id ?? '').split('.')[0] ?? '');
  return labels.filter(isMachineMade).length >= labels.length * 0.8;
}
