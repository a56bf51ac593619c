import { chance, guid } from './random';
import { traces } from './traces';
import { type Fullness, whois } from './whois';

type Classification = 'unknown' | 'neutral' | 'suspicious' | 'malicious';

interface Cast {
  readonly id: string;
  /** Null where Graph knows no reputation, which is not the same as an unknown one. */
  readonly verdict: readonly [Classification, score: number] | null;
  readonly whois?: readonly [Fullness, histories: number];
  /** The number of subdomains, for a host of which everything is known. */
  readonly traces?: number;
}

const CAST: readonly Cast[] = [
  { id: 'contoso.com', verdict: ['neutral', 0], whois: ['full', 114], traces: 106 },
  { id: '192.0.2.1', verdict: ['malicious', 100], whois: ['usual', 0], traces: 0 },
  { id: 'login-update.example', verdict: ['malicious', 92], whois: ['private', 3] },
  { id: 'cdn-static.example', verdict: ['suspicious', 61], whois: ['usual', 1] },
  { id: 'xn--bcher-kva.example', verdict: ['suspicious', 55], whois: ['usual', 2] },
  { id: 'example.org', verdict: ['neutral', 0], whois: ['usual', 0] },
  { id: 'www.contoso.com', verdict: ['neutral', 1] },
  { id: 'mail.contoso.com', verdict: ['unknown', 0], whois: ['usual', 1] },
  { id: 'quiet.example.org', verdict: null, whois: ['private', 0] },
  { id: 'parked.example', verdict: null },
  { id: 'ns1.example.net', verdict: ['unknown', 0] },
  { id: 'invoice.example', verdict: ['malicious', 88], whois: ['private', 1] },
  { id: '192.0.2.44', verdict: ['suspicious', 70] },
  { id: '198.51.100.7', verdict: ['malicious', 97] },
  { id: '198.51.100.23', verdict: ['unknown', 0] },
  { id: '203.0.113.9', verdict: ['neutral', 2] },
  { id: '203.0.113.200', verdict: null },
  { id: '2001:db8::1', verdict: ['suspicious', 64], whois: ['usual', 0] },
  { id: '2001:db8:85a3::8a2e:370:7334', verdict: ['unknown', 0] },
];

export function hosts() {
  return CAST.map((cast, index) => {
    const isAddress = /^[\d.]+$|:/.test(cast.id);
    return {
      ...(isAddress ? address(cast.id, index) : name(cast.id, index)),
      ...(cast.verdict ? { reputation: reputation(cast.id, ...cast.verdict) } : {}),
      ...(cast.whois ? { whois: whois(cast.id, ...cast.whois) } : {}),
      ...(cast.traces === undefined ? {} : traces(cast.id, cast.traces)),
    };
  });
}

function name(id: string, index: number) {
  const isKnown = id !== 'parked.example';
  return {
    '@odata.type': '#microsoft.graph.security.hostname',
    id,
    ...seen(id, isKnown),
    registrar: isKnown ? (index % 2 ? 'Bargain | Names `Ltd`' : 'Example Registrar, Inc.') : null,
    registrant: isKnown ? (index % 3 === 1 ? 'Zoë Müller & Søn' : 'Contoso, Ltd.') : null,
  };
}

function address(id: string, index: number) {
  const isKnown = id !== '203.0.113.200';
  return {
    '@odata.type': '#microsoft.graph.security.ipAddress',
    id,
    ...seen(id, isKnown),
    countryOrRegion: isKnown ? 'US' : null,
    hostingProvider: index % 2 ? 'Example Hosting' : null,
    netblock: isKnown ? netblock(id) : null,
    autonomousSystem: isKnown
      ? {
          name: 'EXAMPLE-AS',
          number: 64_496 + (index % 4),
          organization: 'Example Networks, Inc.',
          value: `AS${64_496 + (index % 4)}`,
        }
      : null,
  };
}

function netblock(id: string): string {
  return id.includes(':') ? '2001:db8::/32' : `${id.slice(0, id.lastIndexOf('.'))}.0/24`;
}

function seen(id: string, isKnown: boolean) {
  const luck = chance(`host ${id}`);
  const first = luck.moment('2009-09-02T00:00:00Z', 4000);
  return isKnown
    ? { firstSeenDateTime: first, lastSeenDateTime: luck.moment('2025-01-01T00:00:00Z', 60) }
    : { firstSeenDateTime: null, lastSeenDateTime: null };
}

const RULES = [
  {
    name: 'Intel article',
    description: 'Named in "Copper Heron probes water utilities | part 2"',
    severity: 'high',
    relatedDetailsUrl: 'https://research.example.org/articles/831b70a4',
  },
  {
    name: 'Name server',
    description: 'The domain uses a name server that has been associated with suspicious behavior',
    severity: 'medium',
    relatedDetailsUrl: null,
  },
  {
    name: 'Resolving IP address',
    description: '198.51.100.7',
    severity: 'low',
    relatedDetailsUrl: 'https://research.example.org/search?query=198.51.100.7',
  },
  {
    name: 'First seen',
    description: 'Seen for the first time less than a month ago',
    severity: 'unknown',
    relatedDetailsUrl: null,
  },
] as const;

function reputation(id: string, classification: Classification, score: number) {
  const count = { malicious: 4, suspicious: 2, neutral: 0, unknown: 0 }[classification];
  return {
    '@odata.type': '#microsoft.graph.security.hostReputation',
    id: guid(`reputation ${id}`),
    classification,
    score,
    rules: classification === 'unknown' ? null : RULES.slice(0, count),
  };
}
