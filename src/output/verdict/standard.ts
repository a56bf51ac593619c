import { isRecord } from '../../base/json';
import type {
  CvssSummary,
  Host,
  HostReputation,
  Vulnerability,
  WhoisContact,
  WhoisRecord,
} from '../../model/generated/graph';

/** Graph's objects about an indicator, by their names in our context, in the form that context stores. */
export interface GraphParts {
  readonly Host?: Host;
  readonly HostReputation?: HostReputation;
  readonly Whois?: WhoisRecord;
  readonly Vulnerability?: Vulnerability;
}

export type GraphPart = keyof GraphParts;

/** An indicator's object in the context that all integrations share. */
export interface Standard {
  /** `IP` */
  readonly name: string;
  /** The field that contains the indicator itself: `Address`. */
  readonly key: string;
  /** Returns the other fields from Graph's data; a field without data may be undefined. */
  readonly fields: (known: GraphParts) => unknown;
}

/** The whole object, without the fields that have no value. */
export function standardObject({ key, fields }: Standard, indicator: string, known: GraphParts): object {
  return { [key]: indicator, ...(filled(fields(known)) as object | undefined) };
}

/** Returns a value without its undefined, null or empty parts; undefined if nothing is left. */
function filled(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (Array.isArray(value)) {
    const items = value.map(filled).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const fields = Object.entries(value)
    .map(([name, inner]) => [name, filled(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

export const standardIp: Standard = {
  name: 'IP',
  key: 'Address',
  fields: ({ Host: host }) => ({
    ASN: host?.autonomousSystem?.number,
    ASOwner: host?.autonomousSystem?.organization ?? host?.autonomousSystem?.name,
    Geo: { Country: host?.countryOrRegion },
    Organization: { Name: host?.hostingProvider },
    Range: host?.netblock,
    UpdatedDate: host?.lastSeenDateTime,
  }),
};

export const standardDomain: Standard = {
  name: 'Domain',
  key: 'Name',
  fields: (known) => {
    const registration = registrationOf(known);
    const contacts = contactsOf(known);
    return {
      ...registration,
      Organization: known.Whois?.registrant?.organization ?? known.Host?.registrant,
      ...contacts,
      Tech: person(known.Whois?.technical),
      Billing: person(known.Whois?.billing),
      WHOIS: { ...registration, ...contacts },
    };
  },
};

/** Returns the fields that the platform has both on the domain and on its WHOIS record. */
function registrationOf({ Whois: whois }: GraphParts) {
  return {
    CreationDate: whois?.registrationDateTime,
    UpdatedDate: whois?.lastUpdateDateTime,
    ExpirationDate: whois?.expirationDateTime,
    DomainStatus: whois?.domainStatus,
    NameServers: nameServers(whois),
  };
}

function contactsOf({ Host: host, Whois: whois }: GraphParts) {
  const registrar = whois?.registrar;
  return {
    Registrant: { ...person(whois?.registrant), Name: nameOf(whois?.registrant) ?? host?.registrant },
    Registrar: {
      Name: registrar?.organization ?? registrar?.name ?? host?.registrar,
      AbuseEmail: whois?.abuse?.email,
      AbusePhone: whois?.abuse?.telephone,
    },
    Admin: person(whois?.admin),
  };
}

function nameServers(whois: WhoisRecord | undefined) {
  return Array.isArray(whois?.nameservers)
    ? whois.nameservers.map((nameserver) => nameserver?.host?.id)
    : undefined;
}

function person(contact: WhoisContact | null | undefined) {
  return {
    Name: nameOf(contact),
    Email: contact?.email,
    Phone: contact?.telephone,
    Country: contact?.address?.countryOrRegion,
  };
}

function nameOf(contact: WhoisContact | null | undefined): string | null | undefined {
  return contact?.name ?? contact?.organization;
}

export const standardCve: Standard = {
  name: 'CVE',
  key: 'ID',
  fields: ({ Vulnerability: vulnerability }) => ({
    CVSS: cvss(vulnerability),
    Published: vulnerability?.publishedDateTime,
    Modified: vulnerability?.lastModifiedDateTime,
    Description: vulnerability?.description?.content,
  }),
};

/** Returns the rating as the platform's helper library writes it: of version 3 if Graph has that score, else of version 2. */
function cvss(vulnerability: GraphParts['Vulnerability']): object | undefined {
  const { cvss3Summary: third, cvss2Summary: second } = vulnerability ?? {};
  if (typeof third?.score === 'number') return rating(third, '3');
  return typeof second?.score === 'number' ? rating(second, '2.0') : undefined;
}

/** A vector of version 3 starts with its exact version (`CVSS:3.1/…`); one of version 2 has no prefix. */
function rating({ score, vectorString }: CvssSummary, version: string): object {
  const [, named = version] = /^CVSS:(\d\.\d)\//.exec(vectorString ?? '') ?? [];
  return { Score: score, Version: named, Vector: vectorString };
}
