import type { GraphNode } from '../../investigation/graph';
import type { HubRule } from '../../investigation/question';
import type { HostCookie, HostTracker, Subdomain } from '../../model/generated/graph';

/** At this number of names, an address or a certificate is shared by unrelated owners. */
const SHARED = 100;

/** At this number of subdomains, or if nearly all labels are random, any label resolves. */
const WILDCARD = 1_000;
const ENOUGH_LABELS = 20;
const RANDOM_SHARE = 0.8;

export const SHARED_ADDRESS: HubRule = {
  reason: 'shared-address',
  rows: SHARED + 1,
  applies: (size) => size > SHARED,
  because: 'This many names on one address indicate shared hosting or a CDN.',
};

export const POPULAR_CERTIFICATE: HubRule = {
  reason: 'popular-certificate',
  rows: SHARED + 1,
  applies: (size) => size > SHARED,
  because: 'A certificate on this many hosts belongs to a hosting provider or a CDN.',
};

export const WILDCARD_SUBDOMAINS: HubRule<Subdomain> = {
  reason: 'wildcard-subdomains',
  rows: ENOUGH_LABELS,
  applies: (size, rows) => size > WILDCARD || (rows.length >= ENOUGH_LABELS && areRandom(rows)),
  because: 'With wildcard DNS, every subdomain resolves.',
};

function areRandom(rows: readonly Subdomain[]): boolean {
  const labels = rows.map(({ host }) => (host?.id ?? '').split('.')[0] ?? '');
  return labels.filter(isRandomLabel).length >= labels.length * RANDOM_SHARE;
}

/** Whether a label looks random: long, and mostly digits or hexadecimal. Numbered names such as `web-01` are not. */
export function isRandomLabel(label: string): boolean {
  if (label === '*') return true;
  if (label.length < 8) return false;
  const digits = label.replace(/\D/g, '').length;
  return /^[0-9a-f-]+$/.test(label) || digits >= label.length * 0.4;
}

/** Kinds of trackers that identify software, not the owner of the host. */
const SOFTWARE = /^(?:jarm|ja3s?|favicon|http|html|header|server)|hash$/i;

/** Path segments of a vendor's share buttons, in the place of an account: `facebook.com/sharer.php`. */
const BUTTONS = /^(?:share|sharer(?:\.php)?|intent|home|widgets?|plugins|search|login|embed|watch|tr)$/i;

/** Whether a tracker does not identify an owner: a fingerprint of software, or the own account or button of a big vendor. */
export function isCommonTracker({ kind, value }: HostTracker): boolean {
  if (typeof kind !== 'string') return false;
  if (SOFTWARE.test(kind)) return true;
  return typeof value === 'string' && (BUTTONS.test(value) || value.toLowerCase() === vendorOf(kind));
}

/** `facebook` for `FacebookId`. */
function vendorOf(kind: string): string {
  return kind.replace(/(?:Id|Username|Code|Key)$/, '').toLowerCase();
}

/** Whether a cookie is set for another domain than the host's own: that of an advertising or analytics vendor. */
export function isVendorCookie({ domain }: HostCookie, { value }: GraphNode): boolean {
  if (typeof domain !== 'string' || domain === '') return false;
  const [own, set] = [value, domain].map((name) => name.toLowerCase().replace(/^\./, ''));
  return own !== set && !own?.endsWith(`.${set}`) && !set?.endsWith(`.${own}`);
}
