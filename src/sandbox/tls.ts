import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key, and the certificate that is its own authority. Both PEM. */
export interface TlsCredentials {
  readonly key: string;
  readonly cert: string;
}

const DAY = 86_400_000;

/** Tags of ASN.1 (X.680); a context tag has the number of its field. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context: (field: number) => 0x80 | field,
  explicit: (field: number) => 0xa0 | field,
} as const;

/** Object identifiers, encoded. */
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const BASIC_CONSTRAINTS = '551d13';
const KEY_USAGE = '551d0f';
const EXTENDED_KEY_USAGE = '551d25';
const SERVER_AUTH = '2b06010505070301';
const SUBJECT_ALT_NAME = '551d11';

/**
 * Makes a certificate for the loopback names (RFC 5280). Written by hand: a library for it takes 140 ms, more than all else that a
 * sandbox does at its start. An elliptic key, because an RSA key takes up to a second to find.
 */
export function makeCertificate(): TlsCredentials {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(
    der(TAG.set, sequence(objectId(COMMON_NAME), der(TAG.utf8, Buffer.from('localhost')))),
  );
  const algorithm = sequence(objectId(ECDSA_WITH_SHA256));
  const certificate = sequence(
    der(TAG.explicit(0), der(TAG.integer, bytes(2))),
    der(TAG.integer, serialNumber()),
    algorithm,
    name,
    sequence(time(Date.now() - DAY), time(Date.now() + 30 * DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(TAG.explicit(3), sequence(...extensions())),
  );
  const signature = sign('sha256', certificate, privateKey);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(sequence(certificate, algorithm, der(TAG.bitString, bytes(0), signature))),
  };
}

function extensions(): Buffer[] {
  const isAuthority = sequence(der(TAG.boolean, bytes(0xff)));
  // Two unused bits; digital signature and certificate signing are set.
  const usage = der(TAG.bitString, bytes(2, 0b1000_0100));
  const names = sequence(
    der(TAG.context(2), Buffer.from('localhost')),
    der(TAG.context(7), bytes(127, 0, 0, 1)),
    der(TAG.context(7), Buffer.concat([Buffer.alloc(15), bytes(1)])),
  );
  return [
    extension(BASIC_CONSTRAINTS, isAuthority, true),
    extension(KEY_USAGE, usage, true),
    extension(EXTENDED_KEY_USAGE, sequence(objectId(SERVER_AUTH))),
    extension(SUBJECT_ALT_NAME, names),
  ];
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  const critical = isCritical ? [der(TAG.boolean, bytes(0xff))] : [];
  return sequence(objectId(id), ...critical, der(TAG.octetString, value));
}

/** Positive, without a leading zero. */
function serialNumber(): Buffer {
  return Buffer.concat([bytes(0x40), randomBytes(15)]);
}

/** Seconds in UTC; the short form ends with 2049. */
function time(milliseconds: number): Buffer {
  const digits = `${new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`;
  return digits < '2050'
    ? der(TAG.utcTime, Buffer.from(digits.slice(2)))
    : der(TAG.generalizedTime, Buffer.from(digits));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(TAG.sequence, ...parts);
}

function objectId(hex: string): Buffer {
  return der(TAG.objectId, Buffer.from(hex, 'hex'));
}

function bytes(...values: readonly number[]): Buffer {
  return Buffer.from(values);
}

/** One value in the Distinguished Encoding Rules (X.690): tag, length, content. Contents here are shorter than 64 KiB. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([bytes(tag, ...size), content]);
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
