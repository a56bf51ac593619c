import { isIP, isIPv4, isIPv6 as matchesIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { formatCount, quoted } from '../base/sanitize';

/**
 * The host in Graph's form, from any text that a user pasted: defanged, a URL, padded, upper-case, internationalized.
 * Names come out in lower-case punycode, IPv6 addresses compressed (RFC 5952) and without brackets.
 * @throws PluginError ARGUMENT_INVALID for what cannot be a host, a CIDR block among it.
 */
export function normalizeHost(text: string): string {
  return hostIn(text, ANY_HOST);
}

function hostIn(text: string, wanted: Wanted): string {
  const typed = text.trim();
  if (typed.length > BOUNDS.observable)
    throw refused(typed, `is longer than ${formatCount(BOUNDS.observable)} characters`, wanted.hint);
  const refanged = refang(typed);
  const mismatch = mismatchOf(refanged);
  if (mismatch !== undefined) throw refused(typed, mismatch.reason, mismatch.hint);
  if (isBlock(refanged)) throw refused(typed, 'is a CIDR block', 'Look up its addresses one by one.');
  const host = authority(refanged);
  if (host === undefined) throw refused(typed, `is not ${wanted.what}`, wanted.hint);
  const known = address(host) ?? name(host);
  if (known === undefined) throw refused(typed, `is not ${wanted.what}`, wanted.hint);
  return known;
}

/** Whether a host in any of those forms is an IP address rather than a name; false for text that is not a host. */
export function isAddress(text: string): boolean {
  try {
    return isIP(normalizeHost(text)) !== 0;
  } catch {
    return false;
  }
}

/** The kind of host that an argument takes, and the advice for a text that is none. */
interface Wanted {
  readonly what: string;
  readonly hint: string;
}

const ANY_HOST: Wanted = {
  what: 'a host name or address',
  hint: 'Give a host name such as contoso.com, an IPv4 or an IPv6 address; a URL or a defanged form works too.',
};

const ADDRESS: Wanted = {
  what: 'an IP address',
  hint: 'Give an address such as 192.0.2.1 or 2001:db8::1. A URL or a defanged form works too.',
};

const NAME: Wanted = {
  what: 'a host name',
  hint: 'Give a host name such as contoso.com. A URL or a defanged form works too.',
};

function refused(typed: string, what: string, hint: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `${quoted(typed)} ${what}.`, { hint });
}

/** Refangs a host: undoes what users write so that the link cannot be clicked. */
function refang(text: string): string {
  return text
    .replace(/^h(?:xx|\*\*|tt)p(s?)(?=\W)/i, 'http$1')
    .replace(/\[(?:\.|dot)\]|\((?:\.|dot)\)|\{(?:\.|dot)\}/gi, '.')
    .replace(/\[:\]/g, ':')
    .replace(/\[:\/\/\]/g, '://')
    .replace(/\[\/\]/g, '/')
    .replace(/\\\./g, '.');
}

/** An address with a prefix length or a netmask after it, and maybe a remark. */
function isBlock(text: string): boolean {
  const head = /^\[?([^/\]]+)\]?\/(?:\d{1,3}|\d+(?:\.\d+){3})(?:\/?(?:[?#].*)?|[\s,;(].*)$/.exec(text)?.[1];
  return head !== undefined && address(head) !== undefined;
}

/** Schemes that users type with too few slashes, or with the wrong ones. */
const SCHEME = /^(?:(?:https?|ftp):[/\\]+|[a-z][a-z0-9+.-]*:\/\/)/i;

/** The host of a URL, or of a bare `contoso.com:443/x`; undefined if the text cannot have one. */
function authority(text: string): string | undefined {
  const scheme = SCHEME.exec(text)?.[0] ?? '';
  const rest = text.slice(scheme.length).split(scheme === '' ? /[/?#]/ : /[/?#\\]/)[0] ?? '';
  if (scheme === '' && (rest.includes('@') || /^h(?:tt|xx)ps?:?$/i.test(rest))) return undefined;
  const host = rest.slice(rest.lastIndexOf('@') + 1);
  if (isIPv6(host)) return host;
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(host)?.[1];
  if (bracketed !== undefined) return isIPv6(bracketed) ? bracketed : undefined;
  return host.replace(/:\d{0,5}$/, '');
}

/** Fast path: a host without a colon skips Node's long pattern. */
function isIPv6(host: string): boolean {
  return host.includes(':') && matchesIPv6(host);
}

function address(host: string): string | undefined {
  if (isIPv4(host)) return host;
  if (!isIPv6(host) || host.includes('%')) return undefined;
  return new URL(`http://[${host}]`).hostname.slice(1, -1);
}

/** Characters of a name in ASCII (RFC 1035, 2.3.4). */
const LONGEST_NAME = 253;

/** Fast path: a name that is in its final form already. Its last label begins with a letter, so it is no number. */
const PLAIN_NAME = /^(?:(?!-|xn--)[a-z0-9_-]{1,63}(?<!-)\.)*(?!-|xn--)[a-z][a-z0-9_-]{0,62}(?<!-)$/;

/** A DNS name in ASCII (RFC 1123, underscores allowed, since they are in use), without its final dot. */
function name(host: string): string | undefined {
  if (host.length <= LONGEST_NAME && PLAIN_NAME.test(host)) return host;
  if (host.length > BOUNDS.hostName || /[\s%:@\\]|\p{Cc}/u.test(host)) return undefined;
  const ascii = domainToASCII(host.replace(/\.$/, '')).toLowerCase();
  // A number such as `12` or `0x7f.1` comes out as an IPv4 address, and a name whose last label is a number comes out empty.
  if (ascii.length > LONGEST_NAME || isIPv4(ascii)) return undefined;
  return ascii.split('.').every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label)) ? ascii : undefined;
}

/**
 * An IPv4 or IPv6 address, from any form in which a host may come.
 * @throws PluginError ARGUMENT_INVALID for a host name, and for text that is not a host.
 */
export function normalizeAddress(text: string): string {
  const host = hostIn(text, ADDRESS);
  if (isIP(host) !== 0) return host;
  throw mistaken(text, ADDRESS, `Run \`!domain ${host}\`.`);
}

/**
 * A host name, from any form in which a host may come.
 * @throws PluginError ARGUMENT_INVALID for an address, and for text that is not a host.
 */
export function normalizeDomain(text: string): string {
  const host = hostIn(text, NAME);
  if (isIP(host) === 0) return host;
  throw mistaken(text, NAME, `Run \`!ip ${host}\`.`);
}

function mistaken(text: string, { what }: Wanted, hint: string): PluginError {
  return refused(text.trim(), `is not ${what}`, hint);
}

/** The reason why a string is not a host, and a hint. */
interface Mismatch {
  readonly reason: string;
  readonly hint: string;
}

const BY_HASH = 'Search articles for it.';

/** Texts that lists of observables contain and that could be mistaken for a host name. The first row that fits is taken. */
const MISMATCHES: readonly (readonly [RegExp, string, string | ((text: string) => string)])[] = [
  [/^(?:n\/?a|none|null|nil|unknown|undefined|-+|\?+)$/i, 'is a placeholder', 'Leave it out.'],
  [/^[0-9a-f]{32}$/i, 'is an MD5 hash; Graph looks up hosts and CVE IDs only', BY_HASH],
  [/^[0-9a-f]{40}$/i, 'is a SHA-1 hash; Graph looks up hosts and CVE IDs only', BY_HASH],
  [/^[0-9a-f]{64}$/i, 'is a SHA-256 hash; Graph looks up hosts and CVE IDs only', BY_HASH],
  [/^asn? ?\d{1,10}$/i, 'is an AS number; Graph looks up hosts and CVE IDs only', 'Leave it out.'],
  [
    /^cve[-\u2010-\u2015\u2212]\d{4}[-\u2010-\u2015\u2212]\d+$/i,
    'is a CVE ID, not a host',
    (text) => `Run \`!cve ${text.replace(/[\u2010-\u2015\u2212]/g, '-').toUpperCase()}\`.`,
  ],
  [/^[^\s/@:]+@[^\s/@]+$/, 'is an e-mail address; look up its domain', mailDomainHint],
];

/** Returns the reason and a hint for a string that is not a host but another well-known value; undefined for any other string. */
export function mismatchOf(text: string): Mismatch | undefined {
  const found = MISMATCHES.find(([pattern]) => pattern.test(text));
  if (found === undefined) return undefined;
  const [, reason, hint] = found;
  return { reason, hint: typeof hint === 'string' ? hint : hint(text) };
}

/** The hint for an e-mail address: the command that looks up its domain. */
function mailDomainHint(text: string): string {
  const host = name(text.slice(text.indexOf('@') + 1));
  return host === undefined ? 'Give the part after the @.' : `Run \`!domain ${host}\`.`;
}
