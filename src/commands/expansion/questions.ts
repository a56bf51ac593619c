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
  HostCookie,
  HostReputation,
  HostTracker,
  IntelligenceProfile,
  Subdomain,
  Vulnerability,
} from '../../model/generated/graph';
import { byValue, type Declared } from './requests';
import {
  isCommonTracker,
  isVendorCookie,
  POPULAR_CERTIFICATE,
  SHARED_ADDRESS,
  WILDCARD_SUBDOMAINS,
} from './stop-rules';

const HOSTS: readonly NodeKind[] = ['domain', 'address'];

/** Questions about the seeds: titles, hashes of certificates, first and last seen. */
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

/** Values of the argument `follow`, and the questions for each. */
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
      hub: SHARED_ADDRESS,
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
        hub: WILDCARD_SUBDOMAINS,
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
        hub: POPULAR_CERTIFICATE,
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
      isCommon: isCommonTracker,
    }),
  ],
  cookies: [
    list<HostCookie>('msg-defender-threat-intel-host-cookies-list', HOSTS, 'host_id', links.cookieLinks, {
      nouns: ['cookie', 'cookies'],
      relation: 'sets-cookie',
      direction: 'out',
      isCommon: isVendorCookie,
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

/** Followed by default: relations that tie hosts to an owner or to a report. */
export const FOLLOWED_BY_DEFAULT: readonly string[] = [
  'resolutions',
  'subdomains',
  'certificates',
  'pairs',
  'trackers',
  'articles',
  'indicators',
];

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
