import { base64, chance, hex } from './random';
import { hostReference } from './text';

const SUBJECTS = [
  'contoso.com',
  'www.contoso.com',
  'mail.contoso.com',
  'login-update.example',
  'cdn-static.example',
  '192.0.2.1',
  'example.org',
  '*.example.net',
  'xn--bcher-kva.example',
  'vpn.contoso.com',
  'portal.contoso.com',
  'api.contoso.com',
] as const;

/** SHA-1 fingerprints without colons, which identify certificates. */
export const FINGERPRINTS = SUBJECTS.map((subject) => hex(`certificate ${subject}`, 40));

export function certificateId(fingerprint: string): string {
  return base64(fingerprint);
}

export const CERTIFICATE_IDS = FINGERPRINTS.map(certificateId);

export function certificates() {
  return SUBJECTS.map((subject, index) => ({ ...certificate(index), relatedHosts: relatedHosts(subject) }));
}

/** A certificate as it also stands inline in a host's certificates. */
export function certificate(index: number) {
  const subject = SUBJECTS[index] ?? SUBJECTS[0];
  const sha1 = FINGERPRINTS[index] ?? '';
  const luck = chance(`certificate ${subject}`);
  const issued = luck.moment('2024-01-01T00:00:00Z', 300);
  const expires = new Date(Date.parse(issued) + 397 * 86_400_000).toISOString();
  return {
    '@odata.type': '#microsoft.graph.security.sslCertificate',
    id: certificateId(sha1),
    firstSeenDateTime: issued,
    lastSeenDateTime: index % 5 === 4 ? null : luck.moment(issued, 90),
    fingerprint: sha1.replace(/..(?!$)/g, '$&:'),
    expirationDateTime: expires,
    issueDateTime: issued,
    sha1,
    serialNumber: BigInt(`0x${hex(`serial ${subject}`, 36)}`).toString(),
    subject: subjectOf(subject, index),
    issuer: index === 5 ? null : issuerOf(index),
  };
}

/** How much a certificate says of a subject or issuer: all there can be, what companies fill in, or its name alone. */
type Detail = 'full' | 'company' | 'name';

function entityOf(
  commonName: string,
  detail: Detail,
  organization: string,
  alternateNames: readonly string[],
) {
  const isFull = detail === 'full';
  return {
    commonName,
    email: isFull ? 'hostmaster@contoso.com' : null,
    givenName: isFull ? 'Robin' : null,
    surname: isFull ? 'Pérez' : null,
    organizationName: detail === 'name' ? null : organization,
    organizationUnitName: isFull ? 'Web Operations' : null,
    serialNumber: isFull ? '0042-1999' : null,
    alternateNames,
    address: detail === 'name' ? null : address(isFull),
  };
}

function detailOf(index: number): Detail {
  return index === 0 ? 'full' : index < 3 ? 'company' : 'name';
}

function subjectOf(commonName: string, index: number) {
  const plain = commonName.replace(/^(www|\*)\./, '');
  const names = index === 5 ? [] : [...new Set([commonName, `www.${plain}`])];
  return entityOf(commonName, detailOf(index), 'Contoso, Ltd.', names);
}

function issuerOf(index: number) {
  return index % 2
    ? entityOf('Example Trust TLS CA 05', 'company', 'Example Trust Services', [])
    : entityOf(
        'Contoso Issuing CA 2',
        detailOf(index),
        'Contoso, Ltd.',
        index === 0 ? ['ca.contoso.com'] : [],
      );
}

function address(isFull: boolean) {
  return {
    city: 'Redmond',
    countryOrRegion: 'US',
    postalCode: isFull ? '98052' : null,
    state: 'WA',
    street: isFull ? '123 Example Way' : null,
  };
}

function relatedHosts(subject: string) {
  const hosts =
    subject === 'contoso.com'
      ? [subject, 'www.contoso.com', '192.0.2.1', '2001:db8::1']
      : subject.startsWith('*')
        ? []
        : [subject];
  return hosts.map(hostReference);
}
