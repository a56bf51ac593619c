import { isRecord, type JsonObject } from '../../base/json';
import { artifactNodeKind, artifactValue } from '../../investigation/artifact';
import type { NodeKind } from '../../investigation/graph';
import { markUntrusted } from './untrusted';

/** A call that makes sense after this one. */
export interface NextStep {
  readonly tool: string;
  readonly arguments: JsonObject;
  readonly why: string;
}

/** Marks the arguments of steps, which come from Graph. The reasons are ours. */
export function markedSteps(steps: readonly NextStep[]): NextStep[] {
  return steps.map((next) => ({ ...next, arguments: markUntrusted(next.arguments) as JsonObject }));
}

export const STEPS_SCHEMA: JsonObject = {
  type: 'array',
  items: {
    type: 'object',
    properties: { tool: { type: 'string' }, arguments: { type: 'object' }, why: { type: 'string' } },
    required: ['tool', 'arguments', 'why'],
  },
};

/** The suggested call for the first object of a part. */
const STEPS: Readonly<Record<string, (row: JsonObject) => NextStep | undefined>> = {
  PassiveDns: (row) => hostStep(row.artifact, 'The host resolves to it.'),
  HostSslCertificate: ({ sslCertificate }) =>
    step(
      'ssl_certificate_related_hosts_list',
      'ssl_certificate_id',
      sslCertificate,
      'Lists other hosts with its newest certificate.',
    ),
  Profile: (row) =>
    step('profile_summary', 'intel_profile_id', row, 'The tags of the article name this profile.'),
  Vulnerability: (row) =>
    step('vulnerability_summary', 'vulnerability_id', row, 'The article names this vulnerability.'),
  Article: (row) => step('article_summary', 'article_id', row, 'The newest article about it.'),
  ArticleIndicator: (row) => hostStep(row.artifact, 'An indicator of the article.'),
  ProfileIndicator: (row) => hostStep(row.artifact, 'An indicator of the profile.'),
};

/** The next steps for the lists of a summary; the object of the summary itself has no next step. */
export function nextSteps(contents: JsonObject): NextStep[] {
  return Object.entries(contents).flatMap(([part, rows]) => {
    const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
    return isRecord(row) ? (STEPS[part]?.(row) ?? []) : [];
  });
}

const HOSTS: readonly unknown[] = ['domain', 'address'] satisfies NodeKind[];

function hostStep(artifact: unknown, why: string): NextStep | undefined {
  const found = artifactValue(artifact);
  if (found === undefined || !HOSTS.includes(artifactNodeKind(found))) return undefined;
  return { tool: 'investigate_host', arguments: { host: found.value }, why };
}

function step(tool: string, argument: string, row: unknown, why: string): NextStep | undefined {
  const id = isRecord(row) ? row.id : undefined;
  return typeof id === 'string' ? { tool, arguments: { [argument]: id }, why } : undefined;
}
