import type { WhoisContact, WhoisRecord } from '../../../model/generated/graph';
import type { GraphParts } from '../graph-parts';
import type { Standard } from './standard';

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

/** What the platform keeps both of the domain and of its WHOIS record. */
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
