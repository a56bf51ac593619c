import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(__dirname, 'advisories.json');

/** Versions that an advisory is about: from `introduced` (0 unless given) up to, and without, `fixed`; or exactly these. */
export interface AffectedVersions {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly versions?: readonly string[];
}

/** A known vulnerability of one package. */
export interface Advisory {
  readonly id: string;
  readonly package: string;
  readonly summary: string;
  readonly affected: readonly AffectedVersions[];
}

/** The list that the audit reads without a network. */
export interface AdvisoryList {
  /** The day on which it was written or refreshed, `2026-11-21`. */
  readonly date: string;
  /** Where it is from: the OSV database, or written by hand from memory, which no database has confirmed and which is incomplete. */
  readonly source: 'OSV' | 'hand';
  readonly advisories: readonly Advisory[];
}

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
}

/** @throws Error where there is no list, or an empty one: an audit by it would prove nothing. */
export function readAdvisories(file = FILE): AdvisoryList {
  const list = JSON.parse(readFileSync(file, 'utf8')) as AdvisoryList;
  const isComplete = /^\d{4}-\d\d-\d\d$/.test(list.date) && ['OSV', 'hand'].includes(list.source);
  if (!isComplete || list.advisories.length === 0)
    throw new Error(`${file} has no date, source or advisories: run \`npm run audit -- --refresh\`.`);
  return list;
}

/** The advisories that are about the version of a package that is in use. */
export function advisoriesFor(
  { advisories }: AdvisoryList,
  packages: readonly BundledPackage[],
): { readonly advisory: Advisory; readonly version: string }[] {
  return packages.flatMap(({ name, version }) =>
    advisories
      .filter(
        (advisory) =>
          advisory.package === name && advisory.affected.some((range) => includes(range, version)),
      )
      .map((advisory) => ({ advisory, version })),
  );
}

function includes({ introduced = '0', fixed, versions }: AffectedVersions, version: string): boolean {
  if (versions !== undefined) return versions.includes(version);
  return compare(version, introduced) >= 0 && (fixed === undefined || compare(version, fixed) < 0);
}

/** Compares major, minor and patch; a pre-release counts as its version, so that it is rather reported than missed. */
function compare(one: string, other: string): number {
  const [left, right] = [numbers(one), numbers(other)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at < 0 ? 0 : (left[at] as number) - (right[at] as number);
}

function numbers(version: string): number[] {
  const [core = ''] = version.split(/[-+]/);
  const parts = core.split('.').map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}
