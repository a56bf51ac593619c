import { isIP } from 'node:net';
import type {
  Article,
  Artifact,
  Host,
  HostComponent,
  HostCookie,
  HostReputation,
  HostTracker,
  IntelligenceProfile,
  SslCertificate,
  Vulnerability,
  WhoisContact,
} from '../model/generated/graph';
import { artifactNodeKind, artifactValue } from './artifact';
import type { Entity, NodeVerdict } from './graph';

/** Characters of a label: a title, a name, a kind. A value is never cut: two that start alike are two nodes. */
const LONGEST_LABEL = 300;

const VERDICTS: readonly unknown[] = [
  'malicious',
  'suspicious',
  'neutral',
  'unknown',
] satisfies NodeVerdict[];

/** A host: an address or a name, depending on its text. */
export function hostEntity(
  host: Pick<Host, 'id' | 'firstSeenDateTime' | 'lastSeenDateTime'> | null | undefined,
) {
  const value = text(host?.id);
  if (value === undefined) return undefined;
  return entity(isIP(value) === 0 ? 'domain' : 'address', value, seen(host));
}

/** The observable of a reference: a host, or a value with a kind, such as a file hash. */
export function artifactEntity(artifact: Artifact | null | undefined): Entity | undefined {
  const found = artifactValue(artifact);
  const kind = found && artifactNodeKind(found);
  if (found === undefined || kind === undefined) return undefined;
  if (kind === 'domain' || kind === 'address') return named(kind, found.value, seen(artifact as Host));
  return named(kind, found.value, { label: labelOf(found.kind) });
}

/** A certificate, by the hash that users search for. */
export function certificateEntity(certificate: SslCertificate | null | undefined): Entity | undefined {
  const subject = certificate?.subject;
  return named('certificate', hashOf(certificate), {
    label: labelOf(subject?.commonName) ?? labelOf(subject?.organizationName),
    recordId: text(certificate?.id),
    ...seen(certificate),
  });
}

function hashOf(certificate: SslCertificate | null | undefined): unknown {
  return text(certificate?.sha1)?.toLowerCase() ?? text(certificate?.fingerprint);
}

/** An article; its id alone is enough. */
export function articleEntity(article: Article | null | undefined): Entity | undefined {
  return named('article', article?.id, {
    label: labelOf(article?.title),
    firstSeen: text(article?.createdDateTime),
    lastSeen: text(article?.lastUpdatedDateTime),
  });
}

/** An intelligence profile; its id alone is enough. */
export function profileEntity(profile: IntelligenceProfile | null | undefined): Entity | undefined {
  return named('profile', profile?.id, {
    label: labelOf(profile?.title),
    firstSeen: text(profile?.firstActiveDateTime),
  });
}

export function vulnerabilityEntity(vulnerability: Vulnerability | null | undefined): Entity | undefined {
  return named('vulnerability', vulnerability?.id, {
    label: labelOf(vulnerability?.severity),
    score: number(vulnerability?.priorityScore),
    firstSeen: text(vulnerability?.publishedDateTime),
    lastSeen: text(vulnerability?.lastModifiedDateTime),
  });
}

/** A tracker is the same on every host that carries its kind and value. */
export function trackerEntity(tracker: HostTracker | null | undefined): Entity | undefined {
  const [kind, value] = [text(tracker?.kind), text(tracker?.value)];
  return value === undefined ? undefined : named('tracker', kind === undefined ? value : `${kind} ${value}`);
}

/** A cookie is the same on every host that sets its name for its domain. */
export function cookieEntity(cookie: HostCookie | null | undefined): Entity | undefined {
  const [name, domain] = [text(cookie?.name), text(cookie?.domain)];
  return name === undefined ? undefined : named('cookie', domain === undefined ? name : `${name} ${domain}`);
}

export function componentEntity(component: HostComponent | null | undefined): Entity | undefined {
  const [name, version] = [text(component?.name), text(component?.version)];
  const value = version === undefined ? name : `${name} ${version}`;
  return named('component', name && value, { label: labelOf(component?.category) });
}

/** Contacts that many unrelated domains share, which do not identify an owner. */
const SHARED_CONTACT = /privacy|redacted|proxy|whois|gdpr|not disclosed/i;

/** Returns the registrant of a domain, for which Graph has no object: the e-mail address, else the organization, else the name. */
export function registrantEntity(contact: WhoisContact | null | undefined): Entity | undefined {
  const value = [contact?.email, contact?.organization, contact?.name]
    .map(text)
    .find((found) => found !== undefined && !SHARED_CONTACT.test(found));
  return named('registrant', value, { label: labelOf(contact?.organization) ?? labelOf(contact?.name) });
}

/** Returns the verdict and the score that a reputation adds to the node of its host. */
export function ratingOf(reputation: HostReputation | null | undefined): Pick<Entity, 'verdict' | 'score'> {
  const { classification, score } = reputation ?? {};
  return present({
    verdict: VERDICTS.includes(classification) ? (classification as NodeVerdict) : undefined,
    score: number(score),
  });
}

/** Moments that Graph states for an object or for a relation. */
export function seen(
  row: { readonly firstSeenDateTime?: unknown; readonly lastSeenDateTime?: unknown } | null | undefined,
) {
  return present({ firstSeen: text(row?.firstSeenDateTime), lastSeen: text(row?.lastSeenDateTime) });
}

/** A string that Graph sent; undefined for an empty one and for any other shape. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A string for users, cut if it is too long. */
function labelOf(value: unknown): string | undefined {
  const found = text(value);
  if (found === undefined || found.length <= LONGEST_LABEL) return found;
  return `${found.slice(0, LONGEST_LABEL - 1)}…`;
}

/** Properties that may be missing or undefined. */
type Loose<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

function named(kind: Entity['kind'], value: unknown, more: Loose<Entity> = {}): Entity | undefined {
  const found = text(value);
  return found === undefined ? undefined : entity(kind, found, more);
}

function entity(kind: Entity['kind'], value: string, more: Loose<Entity>): Entity {
  return { kind, value, ...present(more) };
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Returns a copy of an object without its undefined properties. */
export function present<T extends object>(
  object: T,
): { readonly [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
