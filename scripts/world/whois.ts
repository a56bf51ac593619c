import { base64, chance } from './random';
import { hostReference } from './text';

const CONTACTS = [
  'abuse',
  'admin',
  'billing',
  'noc',
  'registrant',
  'registrar',
  'technical',
  'zone',
] as const;

type Contact = (typeof CONTACTS)[number];

/** How much of a record is filled: every contact, the three that are usual, or what privacy services leave. */
export type Fullness = 'full' | 'usual' | 'private';

const STATUS = 'client update prohibited,client transfer prohibited,client delete prohibited';

/** The record of a domain with the earlier ones below it. */
export function whois(domain: string, fullness: Fullness, histories: number) {
  return {
    ...record('whoisRecord', domain, fullness, 0),
    history: Array.from({ length: histories }, (_, index) =>
      record(
        'whoisHistoryRecord',
        domain,
        index === 0 ? fullness : index % 4 === 3 ? 'private' : 'usual',
        index + 1,
      ),
    ),
  };
}

function record(type: string, domain: string, fullness: Fullness, age: number) {
  const luck = chance(`whois ${domain} ${age}`);
  const year = 86_400_000 * 365;
  const updated = Date.parse('2025-03-01T00:00:00Z') - age * 41 * 86_400_000 + luck.number(0, 86_400_000);
  const iso = (time: number) => new Date(time).toISOString();
  const seen = fullness === 'full';
  return {
    '@odata.type': `#microsoft.graph.security.${type}`,
    id: base64(domain, luck.number(1e12, 9e12)),
    expirationDateTime: iso(updated + year),
    registrationDateTime: '2003-05-22T09:43:19Z',
    firstSeenDateTime: seen ? iso(updated - year) : null,
    lastSeenDateTime: seen ? iso(updated + 86_400_000) : null,
    lastUpdateDateTime: iso(updated),
    whoisServer: fullness === 'private' ? null : 'rdap.registrar.example',
    domainStatus: fullness === 'private' ? null : STATUS,
    rawWhoisText: fullness === 'private' ? null : rawText(domain, age),
    ...Object.fromEntries(CONTACTS.map((contact) => [contact, contactOf(contact, domain, fullness, age)])),
    nameservers: fullness === 'private' && age === 0 ? null : nameservers(age, seen),
    host: hostReference(domain),
  };
}

function rawText(domain: string, age: number): string {
  return `Domain: \n  Handle: ${1_891_582 + age}_DOMAIN-EXAMPLE\n  LDH Name: ${domain}\n  Nameserver: \n    LDH Name: ns1.example.net\n    Event: \n      Action: last changed\n`;
}

function nameservers(age: number, seen: boolean) {
  return ['ns1', 'ns2'].map((name) => ({
    firstSeenDateTime: seen ? '2019-08-01T00:00:00Z' : null,
    lastSeenDateTime: seen ? '2025-02-28T00:00:00Z' : null,
    host: hostReference(`${name}.example.${age % 2 ? 'org' : 'net'}`),
  }));
}

function contactOf(contact: Contact, domain: string, fullness: Fullness, age: number) {
  const usual: readonly Contact[] = ['registrant', 'registrar', 'technical'];
  if (fullness === 'private') return contact === 'registrant' ? hidden() : null;
  if (fullness === 'usual' && !usual.includes(contact)) return null;
  const isRegistrar = contact === 'registrar';
  const filled = fullness === 'full' || !isRegistrar;
  return {
    email: filled ? `${contact}@${isRegistrar ? 'registrar.example' : domain}` : null,
    name: filled ? (contact === 'registrant' && age % 2 ? 'Zoë Müller' : 'Domain Administrator') : null,
    organization: isRegistrar ? 'Example Registrar, Inc.' : age > 60 ? 'Contoso Holdings' : 'Contoso, Ltd.',
    telephone: filled ? '+1.4255550100' : null,
    fax: fullness === 'full' ? '+1.4255550199' : null,
    address: filled ? address() : null,
  };
}

function address() {
  return {
    city: 'Redmond',
    countryOrRegion: 'US',
    postalCode: '98052',
    state: 'WA',
    street: '123 Example Way\nBuilding | 7',
  };
}

function hidden() {
  const address = { city: null, countryOrRegion: null, postalCode: null, state: null, street: null };
  return {
    email: null,
    name: 'REDACTED FOR PRIVACY',
    organization: null,
    telephone: null,
    fax: null,
    address,
  };
}
