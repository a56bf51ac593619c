import { toPluginError } from '../base/errors';
import type { GraphRequest, GraphResult, RequestSubject } from '../graph/request';
import { pathPart, placeholders, type Route } from '../graph/route';
import { normaliseAddress, normaliseDomain } from '../observables/address-or-domain';
import { normaliseCve } from '../observables/cve';
import { normaliseHost } from '../observables/host';
import { recordId } from '../observables/record-id';

/** What a request is about: its path, and the id in it. */
export type RequestTarget = Pick<GraphRequest, 'path' | 'subject' | 'parent'>;
export type RefusedTarget = Extract<GraphResult, { kind: 'failed' }>;

/** Ids that people have before they ask us; every other id came out of Graph. */
const OBSERVABLES: Readonly<Record<string, (text: string) => string>> = {
  host_id: normaliseHost,
  ip: normaliseAddress,
  domain: normaliseDomain,
  cve: normaliseCve,
  vulnerability_id: normaliseCve,
};

/** The name in context of a parent's id, by the parent's entity set. */
const PARENT_IDS: Readonly<Record<string, string>> = {
  hosts: 'hostId',
  articles: 'articleId',
  intelProfiles: 'intelligenceProfileId',
  vulnerabilities: 'vulnerabilityId',
  whoisRecords: 'whoisRecordId',
};

/**
 * One target for each distinct observable in the arguments, in their order; one target where there is no list. What cannot be an
 * observable is refused alone.
 * @throws PluginError ARGUMENT_INVALID for what cannot be the id of a record.
 */
export function requestTargets(
  route: Route,
  args: Readonly<Record<string, unknown>>,
): (RequestTarget | RefusedTarget)[] {
  const names = placeholders(pathPart(route.line));
  const listed = names.find((name) => Array.isArray(args[name]));
  const only = listed ?? names.find((name) => Object.hasOwn(OBSERVABLES, name));
  if (only === undefined) return [target(route, args, names)];
  const values: unknown = args[only];
  const texts = [...new Set((Array.isArray(values) ? values : [values]).map(String))];
  const targets = texts.map((text) => targetOrRefusal(route, { ...args, [only]: text }, names, only));
  return [
    ...new Map(
      targets.map((one) => ['path' in one ? one.path : `refused ${one.request.subject?.id}`, one]),
    ).values(),
  ];
}

function targetOrRefusal(
  route: Route,
  args: Readonly<Record<string, unknown>>,
  names: readonly string[],
  argument: string,
): RequestTarget | RefusedTarget {
  try {
    return target(route, args, names);
  } catch (error) {
    if (!Object.hasOwn(OBSERVABLES, argument)) throw error;
    const subject = { argument, id: String(args[argument]), observable: true };
    return { kind: 'failed', request: { subject }, error: toPluginError(error) };
  }
}

function target(
  route: Route,
  args: Readonly<Record<string, unknown>>,
  names: readonly string[],
): RequestTarget {
  const ids = names.map((name) => subjectOf(name, String(args[name])));
  let path = pathPart(route.line);
  for (const { argument, id } of ids) path = path.replace(`{${argument}}`, () => encodeURIComponent(id));
  return { path, subject: ids.at(-1), parent: parentOf(route.line, ids) };
}

function subjectOf(argument: string, text: string): RequestSubject {
  const normalise = OBSERVABLES[argument];
  return normalise === undefined
    ? { argument, id: recordId(text, argument), observable: false }
    : { argument, id: normalise(text), observable: true };
}

/** The nearest id with something below it, where the children's own objects do not name it. */
function parentOf(line: string, ids: readonly RequestSubject[]): RequestTarget['parent'] {
  const [, set = '', argument] = /\/(\w+)\/\{(\w+)\}\/\w+/.exec(line) ?? [];
  const parent = ids.find((subject) => subject.argument === argument);
  const name = PARENT_IDS[set];
  return parent === undefined || name === undefined ? undefined : { name, id: parent.id };
}
