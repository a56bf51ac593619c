import type { GraphParts } from '../../../src/output/verdict/standard';
import {
  type Standard,
  standardCve,
  standardDomain,
  standardIp,
  standardObject,
} from '../../../src/output/verdict/standard';

const contact = (who: string) => ({
  name: `${who} name`,
  organization: `${who} organization`,
  email: `${who}@contoso.com`,
  telephone: `+1 ${who}`,
  address: { countryOrRegion: 'US' },
});
const person = (who: string) => ({
  Name: `${who} name`,
  Email: `${who}@contoso.com`,
  Phone: `+1 ${who}`,
  Country: 'US',
});

const REGISTRATION = {
  CreationDate: '2001-01-01T00:00:00Z',
  UpdatedDate: '2024-01-01T00:00:00Z',
  ExpirationDate: '2030-01-01T00:00:00Z',
  DomainStatus: 'ok',
  NameServers: ['ns1.contoso.com', 'ns2.contoso.com'],
};
const CONTACTS = {
  Registrant: person('registrant'),
  Registrar: { Name: 'registrar organization', AbuseEmail: 'abuse@contoso.com', AbusePhone: '+1 abuse' },
  Admin: person('admin'),
};
const WHOIS = {
  registrationDateTime: '2001-01-01T00:00:00Z',
  lastUpdateDateTime: '2024-01-01T00:00:00Z',
  expirationDateTime: '2030-01-01T00:00:00Z',
  domainStatus: 'ok',
  nameservers: [
    { host: { id: 'ns1.contoso.com' } },
    null,
    { host: null },
    {},
    { host: { id: 'ns2.contoso.com' } },
  ],
  registrant: contact('registrant'),
  registrar: contact('registrar'),
  admin: contact('admin'),
  technical: contact('technical'),
  billing: contact('billing'),
  abuse: contact('abuse'),
};

test.each<[string, Standard, object, object]>([
  ['an address without any result', standardIp, {}, { Address: 'x' }],
  [
    'an address',
    standardIp,
    {
      Host: {
        autonomousSystem: { number: 64496, name: 'CONTOSO', organization: 'Contoso Ltd.' },
        countryOrRegion: 'US',
        hostingProvider: 'Contoso Cloud',
        netblock: '192.0.2.0/24',
        lastSeenDateTime: '2025-01-01T00:00:00Z',
      },
    },
    {
      Address: 'x',
      ASN: 64496,
      ASOwner: 'Contoso Ltd.',
      Geo: { Country: 'US' },
      Organization: { Name: 'Contoso Cloud' },
      Range: '192.0.2.0/24',
      UpdatedDate: '2025-01-01T00:00:00Z',
    },
  ],
  [
    'an address whose network has a name alone',
    standardIp,
    { Host: { autonomousSystem: { name: 'CONTOSO' }, netblock: '', countryOrRegion: null } },
    { Address: 'x', ASOwner: 'CONTOSO' },
  ],
  ['an address without details', standardIp, { Host: {} }, { Address: 'x' }],
  ['a vulnerability without any result', standardCve, {}, { ID: 'x' }],
  ['a vulnerability without details', standardCve, { Vulnerability: {} }, { ID: 'x' }],
  [
    'a vulnerability',
    standardCve,
    {
      Vulnerability: {
        cvss2Summary: { score: 9.3 },
        cvss3Summary: { score: 10, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' },
        publishedDateTime: '2021-12-10T00:00:00Z',
        lastModifiedDateTime: '2024-01-01T00:00:00Z',
        description: { content: 'Remote code.' },
      },
    },
    {
      ID: 'x',
      CVSS: { Score: 10, Version: '3.1', Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' },
      Published: '2021-12-10T00:00:00Z',
      Modified: '2024-01-01T00:00:00Z',
      Description: 'Remote code.',
    },
  ],
  [
    'a vulnerability of old',
    standardCve,
    { Vulnerability: { cvss2Summary: { score: 9.3 }, cvss3Summary: { score: null } } },
    { ID: 'x', CVSS: { Score: 9.3, Version: '2.0' } },
  ],
  ['a name without any result', standardDomain, {}, { Name: 'x' }],
  ['a name without details', standardDomain, { Host: {}, Whois: { nameservers: [null] } }, { Name: 'x' }],
  [
    'a name',
    standardDomain,
    { Whois: WHOIS, Host: { registrant: 'of the host', registrar: 'of the host' } },
    {
      Name: 'x',
      ...REGISTRATION,
      Organization: 'registrant organization',
      ...CONTACTS,
      Tech: person('technical'),
      Billing: person('billing'),
      WHOIS: { ...REGISTRATION, ...CONTACTS },
    },
  ],
  [
    'a name whose contacts are organizations',
    standardDomain,
    { Whois: { registrant: { organization: 'Contoso' }, registrar: { name: 'R' }, nameservers: 'ns1' } },
    {
      Name: 'x',
      Organization: 'Contoso',
      Registrant: { Name: 'Contoso' },
      Registrar: { Name: 'R' },
      WHOIS: { Registrant: { Name: 'Contoso' }, Registrar: { Name: 'R' } },
    },
  ],
  [
    'a name without a WHOIS record',
    standardDomain,
    { Host: { registrant: 'Contoso', registrar: 'R' } },
    {
      Name: 'x',
      Organization: 'Contoso',
      Registrant: { Name: 'Contoso' },
      Registrar: { Name: 'R' },
      WHOIS: { Registrant: { Name: 'Contoso' }, Registrar: { Name: 'R' } },
    },
  ],
])('%s is what all integrations read', (_, standard, known, object) => {
  expect(standardObject(standard, 'x', known as GraphParts)).toStrictEqual(object);
});
