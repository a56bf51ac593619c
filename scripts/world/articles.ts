import { artifact } from './observables';
import { base64, base64Hash, chance, hex } from './random';
import { formatted } from './text';
import { ACTORS, LURES, SECTORS, TECHNIQUES, TOOLS, VERBS } from './words';

const SOURCES = ['microsoft', 'osint', 'public'] as const;

/** Titles that break what is careless with text. */
const AWKWARD = [
  'Pipes | and `backticks` | in one title',
  'A title\nthat goes on\r\nover three lines',
  '\u001b[31mRed alert\u001b[0m: terminal escapes in feed titles',
  '<script>alert("tip")</script> seen in guest books',
  'Фишинг, 漏洞, تصيّد — one campaign, four scripts 🎣',
  '[Click me](https://example.org/) *bold* _under_ # heading > quote',
  `A very long title: ${'and the campaign went on, '.repeat(12)}until it stopped`,
  '50% off, "quoted", \'single\', back\\slash & {curly} $HOME = 1+1',
];

/** How many indicators an article has that is not among the first: none for some. */
const COUNTS = [0, 1, 2, 3, 0, 2] as const;

export function articles(certificates: readonly string[]) {
  return Array.from({ length: 128 }, (_, index) => article(index, certificates));
}

function article(index: number, certificates: readonly string[]) {
  const luck = chance(`article ${index}`);
  const actor = luck.pick(ACTORS);
  const tool = luck.pick(TOOLS);
  const sector = luck.pick(SECTORS);
  const technique = luck.pick(TECHNIQUES);
  const lure = luck.pick(LURES);
  const id = hex(`article ${index}`, 8);
  const created = luck.moment('2023-02-01T00:00:00Z', 900);
  const summary = `${actor} ${luck.pick(VERBS)} ${sector}: ${lure} lead to ${tool}, which then relies on ${technique.name}.`;
  return {
    id: index === 1 ? id.toUpperCase() : id,
    createdDateTime: created,
    lastUpdatedDateTime: luck.moment(created, 60),
    title:
      AWKWARD[index - 2] ??
      `${actor} ${luck.pick(VERBS)} ${sector} with ${tool}${index % 3 ? '' : ` and ${technique.name}`}`,
    summary: index === 12 ? formatted(null, null) : formatted(summary),
    isFeatured: index % 9 === 0,
    body:
      index === 13
        ? formatted(null, 'text')
        : formatted(body(summary, actor, tool, id), index % 17 === 5 ? 'html' : 'markdown'),
    tags: tags(index, [index % 2 ? 'OSINT' : 'Microsoft', technique.tag, tool, actor.replace(' ', '')]),
    imageUrl: index % 4 === 0 ? `https://images.example.org/articles/${id}.png` : null,
    indicators: indicators(id, index, certificates),
  };
}

function tags(index: number, words: string[]): string[] | null {
  if (index === 14) return null;
  return index === 15 ? [] : index === 2 ? [...words, 'a|b', 'c,d'] : words;
}

function body(summary: string, actor: string, tool: string, id: string): string {
  return [
    '#### Description',
    summary,
    `The first stage, **${tool}**, is delivered as an archive and started by a shortcut. Its configuration is encrypted with a key that is derived from the volume serial number; the \`User-Agent\` is that of an outdated browser.`,
    '##### Recommendations',
    '* Require phishing-resistant multi-factor authentication.',
    `* Hunt for the scheduled task \`${tool.toLowerCase()}-sync\`.`,
    '##### References',
    `* [${actor} at a glance](https://research.example.org/${id})`,
  ].join('\r\n');
}

function indicators(id: string, index: number, certificates: readonly string[]) {
  const count = index === 0 ? 134 : index === 3 ? 12 : (COUNTS[index % COUNTS.length] ?? 0);
  return Array.from({ length: count }, (_, row) => {
    const luck = chance(`indicator ${id} ${row}`);
    const seen = artifact(luck, index * 7 + row, certificates);
    const kinds = row % 3 ? base64(seen.id, id, row) : base64Hash(`${id} ${row}`);
    const entity = {
      '@odata.type': '#microsoft.graph.security.articleIndicator',
      id: kinds,
      source: luck.pick(SOURCES),
    };
    if (index === 3 && row === 4) return { ...entity, artifact: null };
    if (index === 3 && row === 5) return entity;
    return { ...entity, artifact: seen };
  });
}
