/** The portal of threat intelligence before it moved into the Defender portal. */
const CLOSED = 'ti.defender.microsoft.com';

const PORTAL = 'https://security.microsoft.com';

/** Where its pages went, as far as that is known; searches went nowhere. */
const MOVED: readonly (readonly [path: RegExp, page: string])[] = [
  [/^\/articles?\/([\w-]+)\/?$/, '/intel-explorer/articles/'],
  [/^\/profiles?\/([\w-]+)\/?$/, '/intel-profiles/'],
  [/^\/cves?\/(CVE-[\d-]+)\/?$/, '/intel-explorer/cves/'],
];

/** The link that still leads to what Graph links to; undefined where there is none. */
export function portalLink(link: unknown): string | undefined {
  const url = readLink(link);
  if (url === undefined || url.hostname !== CLOSED) return url && safe(url.href);
  for (const [path, page] of MOVED) {
    const [, id] = path.exec(url.pathname) ?? [];
    if (id !== undefined) return `${PORTAL}${page}${id}`;
  }
  return undefined;
}

/** The id of the article that a link of Graph leads to. */
export function linkedArticle(link: unknown): string | undefined {
  const url = readLink(link);
  const [path] = MOVED[0] ?? [];
  return url?.hostname === CLOSED ? path?.exec(url.pathname)?.[1] : undefined;
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
