import { isRecord, type JsonObject } from '../../../base/json';
import type { Context } from '../../../xsoar/context/merge';
import { NODE_KINDS, type WebGraph, type WebNodeKind } from '../shared/protocol';
import { type Collector, collector, dateOf, hostKind, objectsAt, seen, textOf, verdictOf } from './collector';

type Reader = (object: JsonObject, into: Collector) => void;

/** A host by its id or reference; undefined if it is neither. */
function host(into: Collector, value: unknown, facts = {}): string | undefined {
  const id = isRecord(value) ? value.id : value;
  return typeof id === 'string' ? into.node(hostKind(id), id, facts) : undefined;
}

function certificate(into: Collector, value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const subject = isRecord(value.subject) ? value.subject : {};
  const label = textOf(subject.commonName);
  const print = value.sha1 ?? value.fingerprint ?? value.id;
  return into.node('certificate', print, { ...(label === undefined ? {} : { label }), ...seen(value) });
}

/** The kind of an observable that an article or a profile names. */
function artifact(into: Collector, value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  if (value.odataType !== 'unclassifiedArtifact') return host(into, value, seen(value));
  const kind = String(value.kind ?? '').toLowerCase();
  const text = typeof value.value === 'string' ? value.value : value.id;
  if (/hash|md5|sha/.test(kind) || (typeof text === 'string' && /^[0-9a-f]{32,64}$/i.test(text)))
    return into.node('hash', text);
  if (kind === 'url' || (typeof text === 'string' && /^https?:\/\//i.test(text)))
    return into.node('url', text);
  return into.node('artifact', text);
}

/** Contacts that many unrelated domains share say nothing. */
const PRIVATE = /privacy|redacted|proxy|whois|gdpr|not disclosed/i;

function registrant(into: Collector, contact: unknown): string | undefined {
  if (!isRecord(contact)) return undefined;
  const value = [contact.email, contact.organization, contact.name].find(
    (text) => typeof text === 'string' && text.trim() !== '' && !PRIVATE.test(text),
  );
  const label = textOf(contact.organization ?? contact.name);
  return into.node('registrant', value, label === undefined ? {} : { label });
}

/** What each context prefix says about nodes and edges. */
const READERS: Readonly<Record<string, Reader>> = {
  Host: (row, into) => void host(into, row.id, seen(row)),
  HostReputation(row, into) {
    const verdict = verdictOf(row.classification);
    const score = typeof row.score === 'number' ? row.score : undefined;
    if (verdict !== undefined) host(into, row.hostId, { verdict, score });
  },
  PassiveDns(row, into) {
    const target = host(into, row.artifact) ?? artifact(into, row.artifact);
    const relation =
      { NS: 'uses-name-server', MX: 'uses-mail-server' }[String(row.recordType)] ?? 'resolves-to';
    into.edge(host(into, row.parentHost ?? row.hostId), relation, target, {
      detail: row.recordType,
      from: row,
    });
  },
  Subdomain: (row, into) =>
    into.edge(host(into, row.host, seen(row)), 'subdomain-of', host(into, row.hostId), { from: row }),
  HostPair: (row, into) =>
    into.edge(host(into, row.parentHost), 'links-to', host(into, row.childHost), {
      detail: row.linkKind,
      from: row,
    }),
  HostSslCertificate: (row, into) =>
    into.edge(host(into, row.host ?? row.hostId), 'uses-certificate', certificate(into, row.sslCertificate), {
      from: row,
    }),
  SslCertificate: (row, into) => void certificate(into, row),
  HostTracker(row, into) {
    const label = textOf(row.kind);
    const tracker = into.node(
      'tracker',
      row.value,
      label === undefined ? {} : { label: `${label} ${row.value}` },
    );
    into.edge(host(into, row.host ?? row.hostId), 'uses-tracker', tracker, { detail: row.kind, from: row });
  },
  Whois(row, into) {
    const owner = host(into, row.hostId ?? row.host);
    into.edge(owner, 'registered-by', registrant(into, row.registrant), { from: row });
    for (const server of objectsAt(row.nameservers))
      into.edge(owner, 'uses-name-server', host(into, server.host), { from: server });
  },
  Article(row, into) {
    const label = textOf(row.title);
    into.node('article', row.id, { ...(label === undefined ? {} : { label }), ...seen(row) });
  },
  ArticleIndicator(row, into) {
    const target = textOf(row.articleId) === undefined ? undefined : into.node('article', row.articleId);
    into.edge(artifact(into, row.artifact), 'indicator-of', target, { detail: row.source });
  },
  Profile(row, into) {
    const label = textOf(row.title);
    const first = dateOf(row.firstActiveDateTime);
    into.node('profile', row.id, {
      ...(label === undefined ? {} : { label }),
      ...(first === undefined ? {} : { firstSeen: first }),
    });
  },
  ProfileIndicator(row, into) {
    const id = row.intelligenceProfileId;
    const target = typeof id === 'string' ? into.node('profile', id) : undefined;
    into.edge(artifact(into, row.artifact), 'indicator-of', target, { from: row });
  },
  Vulnerability(row, into) {
    const score = typeof row.priorityScore === 'number' ? row.priorityScore : undefined;
    const first = dateOf(row.publishedDateTime);
    into.node('vulnerability', row.id, { score, ...(first === undefined ? {} : { firstSeen: first }) });
  },
  Graph(row, into) {
    for (const node of objectsAt(row.nodes)) expanded(node, into);
    for (const edge of objectsAt(row.edges))
      if (typeof edge.source === 'string' && typeof edge.target === 'string')
        into.edge(edge.source, String(edge.relation), edge.target, { detail: edge.detail, from: edge });
  },
};

/** A node of an expansion, under the same id as everywhere. */
function expanded(node: JsonObject, into: Collector): void {
  const kind = NODE_KINDS.find((known) => known === node.kind) ?? ('artifact' satisfies WebNodeKind);
  const label = textOf(node.label);
  const verdict = verdictOf(node.verdict);
  const score = typeof node.score === 'number' ? node.score : undefined;
  into.node(kind, node.value, {
    ...(label === undefined ? {} : { label }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(score === undefined ? {} : { score }),
    ...seen(node),
  });
}

const cache = new WeakMap<object, WebGraph>();

/** The graph of everything that an investigation's context says. The same context gives the same graph. */
export function deriveGraph(context: Context): WebGraph {
  const cached = cache.get(context);
  if (cached !== undefined) return cached;
  const into = collector();
  const root = isRecord(context.MSGDefenderThreatIntel) ? context.MSGDefenderThreatIntel : {};
  for (const [prefix, read] of Object.entries(READERS))
    for (const row of objectsAt(Object.hasOwn(root, prefix) ? root[prefix] : undefined)) read(row, into);
  const graph = into.graph();
  cache.set(context, graph);
  return graph;
}
