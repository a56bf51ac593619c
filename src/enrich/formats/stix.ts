import { createHash } from 'node:crypto';
import { rulesOf } from '../../output/verdict/rules';
import type { Observable, ObservableType } from '../observable';
import type { EnrichedRow, EnrichFormat } from '../row';

/** STIX types of the observables (https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, chapter 6). */
const TYPES: Readonly<Record<Exclude<ObservableType, 'cve'>, string>> = {
  domain: 'domain-name',
  ipv4: 'ipv4-addr',
  ipv6: 'ipv6-addr',
};

/** Indicator types (chapter 10.7) of the classifications that warn of something. */
const WARNINGS: Readonly<Record<string, string>> = {
  malicious: 'malicious-activity',
  suspicious: 'anomalous-activity',
};

/** The namespace that the standard sets for observables, and ours for everything else. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';
const OURS = '6c1c1c0e-2f5b-5b0e-9c6a-4f1d7a0f2b11';

type StixObject = Readonly<Record<string, unknown>> & { readonly id: string };

/**
 * A STIX 2.1 bundle: an observable for each host, an indicator based on it where Graph warns of it, a vulnerability for each CVE. What
 * was refused or failed has no place in it. The same observable always has the same id.
 */
export const stixFormat: EnrichFormat = {
  head: (started) =>
    `{"type":"bundle","id":"bundle--${uuid(OURS, `bundle ${started}`)}","objects":[\n${JSON.stringify(producer(started))}`,
  row: (row, started) =>
    objectsOf(row, started)
      .map((object) => `,\n${JSON.stringify(object)}`)
      .join(''),
  foot: '\n]}\n',
};

function objectsOf(row: EnrichedRow, started: string): StixObject[] {
  if (row.outcome === 'refused' || row.outcome === 'failed') return [];
  if (row.type === 'cve') return row.outcome === 'found' ? [vulnerability(row, started)] : [];
  const type = TYPES[row.type];
  const observable = {
    type,
    spec_version: '2.1',
    id: `${type}--${uuid(OBSERVABLES, JSON.stringify({ value: row.value }))}`,
    value: row.value,
  };
  const warning = row.outcome === 'found' ? WARNINGS[row.known.classification ?? ''] : undefined;
  if (row.outcome !== 'found' || warning === undefined) return [observable];
  const indicator = made('indicator', row.value, started, {
    name: row.value,
    description: rulesOf(row.known)
      .map(({ name, description }) => [name, description].filter(Boolean).join(': '))
      .join('\n'),
    indicator_types: [warning],
    pattern: `[${type}:value = '${row.value}']`,
    pattern_type: 'stix',
    valid_from: started,
    ...(typeof row.known.score === 'number'
      ? { confidence: Math.min(100, Math.max(0, row.known.score)) }
      : {}),
  });
  const link = { relationship_type: 'based-on', source_ref: indicator.id, target_ref: observable.id };
  return [observable, indicator, made('relationship', row.value, started, link)];
}

function vulnerability({ value }: Observable, started: string): StixObject {
  return made('vulnerability', value, started, {
    name: value,
    external_references: [{ source_name: 'cve', external_id: value }],
  });
}

function made(type: string, key: string, started: string, properties: object): StixObject {
  return {
    type,
    spec_version: '2.1',
    id: `${type}--${uuid(OURS, `${type} ${key}`)}`,
    created_by_ref: producer(started).id,
    created: started,
    modified: started,
    ...properties,
  };
}

function producer(started: string): StixObject {
  return {
    type: 'identity',
    spec_version: '2.1',
    id: `identity--${uuid(OURS, 'identity')}`,
    created: started,
    modified: started,
    name: 'Microsoft Defender Threat Intelligence',
    identity_class: 'organization',
  };
}

/** A UUID of version 5 (RFC 9562): the same for the same name. */
function uuid(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
