import type { Advisory, AdvisoryList, AffectedVersions } from './advisories';

const OSV = 'https://api.osv.dev/v1';

interface OsvRange {
  readonly type: string;
  readonly events: readonly {
    readonly introduced?: string;
    readonly fixed?: string;
    readonly last_affected?: string;
  }[];
}

interface OsvRecord {
  readonly id: string;
  readonly summary?: string;
  readonly withdrawn?: string;
  readonly affected?: readonly {
    readonly package?: { readonly name: string; readonly ecosystem: string };
    readonly ranges?: readonly OsvRange[];
    readonly versions?: readonly string[];
  }[];
}

/** Reads every advisory about some packages from the OSV database (https://google.github.io/osv.dev/api/). */
export async function refreshAdvisories(
  names: readonly string[],
  today: string,
  request: typeof fetch = fetch,
): Promise<AdvisoryList> {
  const advisories: Advisory[] = [];
  for (const name of [...new Set(names)]) {
    const body = JSON.stringify({ package: { name, ecosystem: 'npm' } });
    const { vulns = [] } = (await read(request, `${OSV}/query`, body)) as { vulns?: OsvRecord[] };
    for (const record of vulns) {
      const affected = affectedIn(record, name);
      if (record.withdrawn === undefined && affected.length > 0)
        advisories.push({ id: record.id, package: name, summary: record.summary ?? '', affected });
    }
  }
  return { date: today, source: 'OSV', advisories };
}

async function read(request: typeof fetch, url: string, body: string): Promise<unknown> {
  const response = await request(url, { method: 'POST', body, signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${url} responded with ${response.status}.`);
  return response.json();
}

function affectedIn({ affected = [] }: OsvRecord, name: string): AffectedVersions[] {
  return affected
    .filter((one) => one.package?.ecosystem === 'npm' && one.package.name === name)
    .flatMap(({ ranges = [], versions = [] }) => [
      ...ranges.filter(({ type }) => type === 'SEMVER').flatMap(({ events }) => spans(events)),
      ...(versions.length > 0 ? [{ versions }] : []),
    ]);
}

/** Each `introduced` opens a span that the next `fixed` closes. */
function spans(events: OsvRange['events']): AffectedVersions[] {
  const found: AffectedVersions[] = [];
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined) found.push({ introduced });
    const open = found.pop();
    if (open === undefined) continue;
    found.push(fixed === undefined ? open : { ...open, fixed });
    if (last !== undefined) found.push({ versions: [last] });
  }
  return found;
}
