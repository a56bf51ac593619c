import { counted, formatCount } from '../../base/sanitize';
import { artifactValue } from '../../investigation/artifact';
import type { ArgsOf, CommandName } from '../../manifest/generated/types';
import type { Article, IntelligenceProfile } from '../../model/generated/graph';
import { normalizeCve } from '../../observables/identifiers';
import { markdownCell } from '../../output/cell';
import type { LooseArgs } from '../../plan/plan';
import type { GraphCommand } from '../declaration/command';
import type { Services } from '../declaration/services';
import { failureOf, summaryEntry } from './entry';
import { type Commands, type Part, type PartResult, readParts, summaryRows } from './part';
import type { Summarized } from './report';

/** Rows that are read where rows are counted by type: one page. */
const COUNTED = 200;

/** Searches for related records that one summary makes. */
const SEARCHES = 5;

/**
 * Summarizes an article: its indicators by type, the profiles that its tags name and the CVEs in its text.
 * @throws PluginError the reason, where nothing was found and something failed
 */
export async function articleSummary(
  services: Services,
  args: ArgsOf<'msg-defender-threat-intel-article-summary'>,
  commands: Commands,
): Promise<Summarized> {
  const rows = summaryRows(args.rows, 25);
  const { article_id } = args;
  const part = partMaker(commands);
  const [article, indicators] = await readFirst(services, [
    part('Article', 'Article', 'article-list', { article_id }),
    part('ArticleIndicator', 'Indicators', 'article-indicators-list', { article_id, limit: COUNTED }),
  ]);
  const found = article?.objects[0] as Article | undefined;
  const phrases = searchPhrases(found?.tags).slice(0, SEARCHES);
  const cves = relatedCves(found);
  const related = await readParts(
    [
      ...phrases.map((search) => part('Profile', 'Profiles', 'profile-list', { search, limit: rows })),
      ...(cves.length === 0
        ? []
        : [...cves.slice(0, SEARCHES)].map((id) =>
            part('Vulnerability', 'Vulnerabilities', 'vulnerability', { vulnerability_id: [id] }),
          )),
    ],
    services,
  );
  const profiles = joined(related, 'Profile', (row) => isNamed(row as IntelligenceProfile, phrases));
  const vulnerabilities = joined(related, 'Vulnerability', () => true);
  return entryOf(
    [article, shortened(indicators, rows), ...profiles, ...vulnerabilities],
    { id: article_id, title: found?.title ?? article_id, lead: byType(indicators) },
    services,
  );
}

/** Summarizes an intelligence profile: its indicators by type and the articles about it. */
export async function profileSummary(
  services: Services,
  args: ArgsOf<'msg-defender-threat-intel-profile-summary'>,
  commands: Commands,
): Promise<Summarized> {
  const rows = summaryRows(args.rows, 25);
  const { intel_profile_id } = args;
  const part = partMaker(commands);
  const [profile, indicators] = await readFirst(services, [
    part('Profile', 'Profile', 'profile-list', { intel_profile_id }),
    part('ProfileIndicator', 'Indicators', 'profile-indicators-list', { intel_profile_id, limit: COUNTED }),
  ]);
  const found = profile?.objects[0] as IntelligenceProfile | undefined;
  const title = found?.title;
  const articles =
    typeof title === 'string' && title.trim() !== ''
      ? await readParts(
          [part('Article', 'Articles', 'article-list', { search: title, limit: rows })],
          services,
        )
      : [];
  return entryOf(
    [profile, shortened(indicators, rows), ...articles],
    { id: intel_profile_id, title: title ?? intel_profile_id, lead: byType(indicators) },
    services,
  );
}

/** Summarizes a vulnerability: its components and the articles about it. */
export async function vulnerabilitySummary(
  services: Services,
  args: ArgsOf<'msg-defender-threat-intel-vulnerability-summary'>,
  commands: Commands,
): Promise<Summarized> {
  const limit = summaryRows(args.rows, 25);
  const vulnerability_id = normalizeCve(args.vulnerability_id);
  const part = partMaker(commands);
  const results = await readFirst(services, [
    part('Vulnerability', 'Vulnerability', 'vulnerability', { vulnerability_id: [vulnerability_id] }),
    part('VulnerabilityComponent', 'Components', 'vulnerability-components-list', {
      vulnerability_id,
      limit,
    }),
    part('Article', 'Articles', 'vulnerability-articles-list', { vulnerability_id, limit }),
  ]);
  return entryOf(results, { id: vulnerability_id, title: vulnerability_id, lead: [] }, services);
}

/** Reads the parts of the record itself. @throws PluginError if the record failed: the other parts need it. */
async function readFirst(services: Services, parts: readonly Part[]): Promise<PartResult[]> {
  const results = await readParts(parts, services);
  const error = results[0]?.error ?? failureOf(results);
  if (error !== undefined) throw error;
  return results;
}

function partMaker(commands: Commands) {
  return (key: string, title: string, short: string, args: LooseArgs): Part => {
    const command = `msg-defender-threat-intel-${short}` as CommandName;
    return { key, title, command, declared: commands[command] as GraphCommand, args };
  };
}

function entryOf(
  results: readonly (PartResult | undefined)[],
  text: { readonly id: string; readonly title: string; readonly lead: readonly string[] },
  { config, clock }: Services,
): Summarized {
  const all = results.filter((result) => result !== undefined);
  return { id: text.id, results: all, entry: summaryEntry(all, text, { config, now: clock.now() }) };
}

/** "134 indicators: 80 hostname, 54 ipAddress." */
function byType(indicators: PartResult | undefined): string[] {
  if (indicators === undefined || indicators.objects.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { artifact } of indicators.objects) {
    const kind = artifactValue(artifact)?.kind ?? 'without a value';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const list = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${formatCount(count)} ${markdownCell(kind)}`);
  const total = Math.max(indicators.total ?? 0, indicators.objects.length);
  const read = indicators.objects.length;
  const of = total > read || indicators.more ? `, counted in the first ${formatCount(read)}` : '';
  return [`${counted(total, 'indicator')}${of}: ${list.join(', ')}.`];
}

/** The rows of several parts with one key as one part, each object once. */
function joined(results: readonly PartResult[], key: string, keep: (row: unknown) => boolean): PartResult[] {
  const own = results.filter(({ part }) => part.key === key);
  const [first] = own;
  if (first === undefined) return [];
  const pairs = own.flatMap(({ objects, raw }) =>
    objects.map((object, index) => [object, raw[index]] as const),
  );
  const distinct = [
    ...new Map(pairs.filter(([object]) => keep(object)).map((pair) => [pair[0].id, pair])).values(),
  ];
  return [
    {
      ...first,
      objects: distinct.map(([object]) => object),
      raw: distinct.map(([, raw]) => raw),
      single: false,
      more: false,
      total: undefined,
      warnings: [...new Set(own.flatMap(({ warnings }) => warnings))],
      error: own.find(({ error }) => error !== undefined)?.error,
    },
  ];
}

function shortened(result: PartResult | undefined, rows: number): PartResult | undefined {
  if (result === undefined || result.objects.length <= rows) return result;
  const total = result.total ?? (result.more ? undefined : result.objects.length);
  return {
    ...result,
    objects: result.objects.slice(0, rows),
    raw: result.raw.slice(0, rows),
    more: true,
    total,
  };
}

/** Whether a profile is what one of the phrases names: its title or an alias. */
function isNamed(profile: IntelligenceProfile, phrases: readonly string[]): boolean {
  const wanted = phrases.map(titles);
  return [profile.title, ...(profile.aliases ?? [])].some(
    (name) => typeof name === 'string' && wanted.includes(titles(name)),
  );
}

/** Characters of an article that are searched for CVE IDs. */
const SEARCHED = 200_000;

/** The CVE IDs in an article's title, tags, summary and body, each once, in the order of the text. */
function relatedCves(article: Article | undefined): string[] {
  const texts = [article?.title, ...(article?.tags ?? []), article?.summary?.content, article?.body?.content];
  const text = texts
    .filter((one) => typeof one === 'string')
    .join('\n')
    .slice(0, SEARCHED);
  return [...new Set([...text.matchAll(/\bCVE-\d{4}-\d{4,19}\b/gi)].map(([id]) => id.toUpperCase()))];
}

/** Returns the search phrases for profiles: tags such as `GingerTern` or `Ginger Tern`, which name actors and tools. */
function searchPhrases(tags: readonly string[] | null | undefined): string[] {
  const phrases = (tags ?? [])
    .filter((tag) => typeof tag === 'string' && tag.length <= 100)
    .map((tag) => tag.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').trim())
    .filter((tag) => tag !== '' && !/^CVE-/i.test(tag));
  return [...new Set(phrases)];
}

/** The form of a name for comparison: letters and digits only, in lower case. */
export function titles(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
