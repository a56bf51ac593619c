/** The threat intelligence portal that closed on 1 August 2026, and the pages of the Defender portal that closed with it. */
const CLOSED = ['ti.defender.microsoft.com', 'security.microsoft.com'];

const PREFIX = '!msg-defender-threat-intel-';

/** Paths of both portals, and the command that reads what was there. */
const PAGES: readonly (readonly [path: RegExp, kind: LinkedRecord['kind'], command: string])[] = [
  [/^(?:\/intel-explorer)?\/articles?\/([\w-]+)\/?$/, 'article', 'article-list article_id'],
  [/^\/(?:intel-profiles|profiles?)\/([\w-]+)\/?$/, 'profile', 'profile-list intel_profile_id'],
  [/^(?:\/intel-explorer)?\/cves?\/(CVE-[\d-]+)\/?$/, 'vulnerability', 'vulnerability vulnerability_id'],
];

/** A record that a link of Graph is about. */
interface LinkedRecord {
  readonly kind: 'article' | 'profile' | 'vulnerability';
  readonly id: string;
  /** The command line that reads it. */
  readonly command: string;
}

/** Returns the record that a link to a portal page points to; undefined for any other link. */
export function linkedRecord(link: unknown): LinkedRecord | undefined {
  const url = readLink(link);
  if (url === undefined || !CLOSED.includes(url.hostname)) return undefined;
  for (const [path, kind, command] of PAGES) {
    const [, id] = path.exec(url.pathname) ?? [];
    if (id !== undefined) return { kind, id, command: `${PREFIX}${command}=${id}` };
  }
  return undefined;
}

/** Returns the id of the article that a link points to; undefined for any other link. */
export function linkedArticle(link: unknown): string | undefined {
  const record = linkedRecord(link);
  return record?.kind === 'article' ? record.id : undefined;
}

/** Returns a link that may still work: https, and not to a page that was shut down. */
export function externalLink(link: unknown): string | undefined {
  const url = readLink(link);
  if (url === undefined || url.hostname === CLOSED[0] || linkedRecord(link) !== undefined) return undefined;
  return safe(url.href);
}

function readLink(link: unknown): URL | undefined {
  if (typeof link !== 'string' || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  return url.protocol === 'https:' ? url : undefined;
}

/** Parentheses would end a link in markdown, a bar the cell of a table. */
function safe(href: string): string {
  return href.replace(/[()|]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
