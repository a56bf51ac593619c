import { type AdvisoryList, advisoriesFor, type BundledPackage } from './advisories';

const DAY = 86_400_000;

/** Days after which a list is too old to publish by. */
const OLDEST = 30;

/** What the audit of the registry said: a line for each affected package, or why it did not run. */
export type RegistryAudit = { readonly affected: readonly string[] } | { readonly notRun: string };

export interface AuditInput {
  readonly list: AdvisoryList;
  readonly packages: readonly BundledPackage[];
  readonly registry: RegistryAudit;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Before a publication: what was not checked against a database of today is a failure. */
  readonly strict: boolean;
}

/**
 * Says what is affected, and by what that was checked.
 * @returns status 1 where a package is affected; 2 with `strict` where neither a recent list of OSV nor the registry was requested
 */
export function auditReport({ list, packages, registry, now, strict }: AuditInput): {
  readonly lines: readonly string[];
  readonly status: 0 | 1 | 2;
} {
  const age = Math.floor((now - Date.parse(list.date)) / DAY);
  const found = advisoriesFor(list, packages);
  const named = new Set(list.advisories.map((advisory) => advisory.package));
  const covered = packages.filter(({ name }) => named.has(name)).length;
  const isRegistry = 'affected' in registry;
  const isRecent = list.source === 'OSV' && age <= OLDEST;
  const lines = [
    ...found.map(
      ({ advisory, version }) => `${advisory.package}@${version}: ${advisory.id}, ${advisory.summary}`,
    ),
    ...(isRegistry ? registry.affected : []),
    `list: ${ORIGIN[list.source]} on ${list.date}, ${age} days ago. It has ${list.advisories.length} advisories about ${named.size} packages, of which the bundle contains ${covered}: ${found.length} findings.`,
    isRegistry
      ? `npm audit: ${registry.affected.length} findings.`
      : `npm audit: not run. ${registry.notRun}`,
  ];
  const affected = found.length + (isRegistry ? registry.affected.length : 0);
  if (affected > 0) return { lines, status: 1 };
  if (isRecent || isRegistry) return { lines, status: 0 };
  const missing = `Not checked against a current database: run \`npm run audit -- --refresh\`. Packages without a known advisory here may have one.`;
  return { lines: [...lines, missing], status: strict ? 2 : 0 };
}

const ORIGIN: Readonly<Record<AdvisoryList['source'], string>> = {
  OSV: 'from OSV',
  hand: 'written by hand from memory, not from a database,',
};
