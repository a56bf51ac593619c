import type { NodeKind } from '../../investigation/graph';
import { externalLink } from '../../investigation/portal-link';
import { namedId, stixId } from '../../investigation/stix/ids';
import {
  observable,
  PRODUCER,
  patternOf,
  relationship,
  type StixObject,
  sdo,
  shortText,
  TLP_AMBER,
} from '../../investigation/stix/objects';
import type { HostReputation, Vulnerability } from '../../model/generated/graph';
import { rulesOf } from '../../output/verdict/rules';
import type { EnrichedRow, EnrichFormat } from '../row';

/** Indicator types (STIX 2.1, chapter 10.7) of the classifications that warn. */
const WARNINGS: Readonly<Record<string, string>> = {
  malicious: 'malicious-activity',
  suspicious: 'anomalous-activity',
};

const KINDS: Readonly<Record<string, NodeKind>> = { domain: 'domain', ipv4: 'address', ipv6: 'address' };

/**
 * A STIX 2.1 bundle: an observable for each host, an indicator based on it where Microsoft warns of it, a vulnerability for each CVE.
 * Refused and failed rows are left out, and so is what STIX has no observable for. The same rows give the same bytes.
 */
export const stixFormat: EnrichFormat = {
  head: `{"type":"bundle","objects":[\n${JSON.stringify(PRODUCER)},\n${JSON.stringify(TLP_AMBER)}`,
  row: (row) =>
    objectsOf(row)
      .map((object) => `,\n${JSON.stringify(object)}`)
      .join(''),
  // The id follows from the content, which is known only at the end.
  foot: (digest) => `\n],"id":"${stixId('bundle', { digest })}"}\n`,
  once: true,
};

function objectsOf(row: EnrichedRow): StixObject[] {
  if (row.outcome === 'refused' || row.outcome === 'failed') return [];
  if (row.type === 'cve') return row.outcome === 'found' ? [vulnerability(row.value, row.known)] : [];
  const kind = KINDS[row.type];
  const host = kind === undefined ? undefined : observable({ kind, value: row.value });
  if (host === undefined) return [];
  const warning = row.outcome === 'found' ? warningOf(row.known) : undefined;
  if (row.outcome !== 'found' || warning === undefined) return [host];
  const indicator = indicatorOf(host, row.value, row.known, warning);
  return [host, indicator, relationship(indicator, 'based-on', host)];
}

function warningOf({ classification }: Partial<HostReputation>): string | undefined {
  return typeof classification === 'string' && Object.hasOwn(WARNINGS, classification)
    ? WARNINGS[classification]
    : undefined;
}

function indicatorOf(
  host: StixObject,
  name: string,
  known: Partial<HostReputation>,
  warning: string,
): StixObject {
  const rules = rulesOf(known as HostReputation);
  const description = shortText(
    rules.map(({ name: rule, description: text }) => [rule, text].filter(Boolean).join(': ')).join('\n'),
  );
  const references = rules.flatMap(({ name: rule, description: text, relatedDetailsUrl }) => {
    const url = externalLink(relatedDetailsUrl);
    const words = shortText([rule, text].filter(Boolean).join(': '));
    return url === undefined && words === undefined
      ? []
      : [
          {
            source_name: 'Microsoft Defender Threat Intelligence',
            ...(words === undefined ? {} : { description: words }),
            ...(url === undefined ? {} : { url }),
          },
        ];
  });
  const pattern = patternOf(host);
  const created = PRODUCER.created as string;
  return sdo(
    'indicator',
    stixId('indicator', { pattern }),
    {},
    {
      name,
      ...(description === undefined ? {} : { description }),
      indicator_types: [warning],
      pattern,
      pattern_type: 'stix',
      pattern_version: '2.1',
      valid_from: created,
      ...(Number.isFinite(known.score)
        ? { confidence: Math.round(Math.min(100, Math.max(0, Number(known.score)))) }
        : {}),
      ...(references.length === 0 ? {} : { external_references: references }),
    },
  );
}

function vulnerability(name: string, known: Partial<Vulnerability>): StixObject {
  const description = shortText(known.description?.content);
  return sdo(
    'vulnerability',
    namedId('vulnerability', name),
    {
      created: known.publishedDateTime ?? known.createdDateTime ?? undefined,
      modified: known.lastModifiedDateTime ?? undefined,
    },
    {
      name,
      ...(description === undefined ? {} : { description }),
      external_references: [{ source_name: 'cve', external_id: name }],
    },
  );
}
