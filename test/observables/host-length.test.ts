import * as url from 'node:url';
import { normalizeHost } from '../../src/observables/host';

jest.mock('node:url', () => {
  const real = jest.requireActual('node:url');
  return { ...real, domainToASCII: jest.fn(real.domainToASCII) };
});

const LABEL = 'a'.repeat(63);
const LONGEST = `${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(61)}`;

test('a name of 253 characters is a host', () => {
  expect(LONGEST).toHaveLength(253);
  expect(normalizeHost(LONGEST)).toBe(LONGEST);
  expect(normalizeHost(`${LONGEST}.`)).toBe(LONGEST);
});

test.each([
  ['254 characters', `a${LONGEST}`.replace(`a${LABEL}`, `${LABEL.slice(1)}.b`).padEnd(254, 'a')],
  ['254 characters in five labels', `b.${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(60)}`],
  ['a label of 64 characters', `${'a'.repeat(64)}.example`],
  ['an internationalized name that is too long in ASCII', `${'ü'.repeat(62)}.example`],
  ['8,193 characters', 'a'.repeat(8_193)],
])('%s are not host, and the error quotes 100 characters at most', (_, host) => {
  expect(() => normalizeHost(host)).toThrow(/^"[^"]{1,101}" is/);
});

test('a name of more than 1,000 characters is not converted to ASCII, which takes quadratic time', () => {
  const convert = jest.mocked(url.domainToASCII).mockClear();
  expect(() => normalizeHost('漏'.repeat(1_001))).toThrow('is not a host name');
  expect(convert).not.toHaveBeenCalled();
  expect(() => normalizeHost('漏'.repeat(1_000))).toThrow('is not a host name');
  expect(convert).toHaveBeenCalledTimes(1);
});
