import { artifact } from './observables';
import { base64Hash, chance, guid, hex } from './random';
import { annotated } from './text';
import { ACTORS, COUNTRIES, LURES, SECTORS, TARGETS, TECHNIQUES, TOOLS } from './words';

const SOURCES = ['microsoft', 'osint', 'public'] as const;
const SECOND = ['Cluster', 'Group', 'Team', 'Crew', 'Cell'] as const;

/** Forty groups, twenty-five tools, and the offshoots that analysts distinguish. */
const NAMES: readonly { title: string; kind: 'actor' | 'tool' }[] = [
  ...ACTORS.map((title) => ({ title, kind: 'actor' as const })),
  ...TOOLS.map((title) => ({ title, kind: 'tool' as const })),
  ...ACTORS.map((title, index) => ({
    title: `${title} | ${SECOND[index % SECOND.length]} ${index + 2}`,
    kind: 'actor' as const,
  })),
  ...TOOLS.slice(0, 10).map((title) => ({ title: `${title} "v2"`, kind: 'tool' as const })),
];

export function profiles(certificates: readonly string[]) {
  return NAMES.map(({ title, kind }, index) => {
    const luck = chance(`profile ${index}`);
    const technique = luck.pick(TECHNIQUES);
    const summary = summaryOf(title, kind, luck.pick(SECTORS), luck.pick(LURES));
    const id = hex(`profile ${index}`, 64);
    return {
      '@odata.type': '#microsoft.graph.security.intelligenceProfile',
      id,
      kind,
      title,
      firstActiveDateTime: luck.moment('2014-01-01T00:00:00Z', 3600).replace(/T.*/, 'T00:00:00Z'),
      aliases:
        index === 7
          ? null
          : [
              `${kind === 'actor' ? 'TG' : 'S'}-${1000 + index}`,
              ...luck.some(['FOXGLOVE', 'Nachtigall', 'Été Noir', '沈黙'], index % 3),
            ],
      targets: index === 8 ? null : luck.some(TARGETS, 1 + (index % 4)),
      countriesOrRegionsOfOrigin:
        index % 5 === 0
          ? []
          : luck.some(COUNTRIES, 1 + (index % 2)).map((country) => ({
              '@odata.type': 'microsoft.graph.security.intelligenceProfileCountryOrRegionOfOrigin',
              ...country,
            })),
      summary: annotated(summary, 'text'),
      description: annotated(
        `## Snapshot\r\n${summary}\r\n\r\n## Activity\r\nIts operators are known for ${technique.name} and for patience: between the first sign-in and the first theft there are often weeks.`,
      ),
      tradecraft:
        index % 6 === 1
          ? null
          : annotated(`Access begins with ${luck.pick(LURES)}. What follows is built on ${technique.name}.`),
      indicators: indicators(id, index, certificates),
    };
  });
}

function summaryOf(title: string, kind: 'actor' | 'tool', sector: string, lure: string): string {
  return kind === 'actor'
    ? `${title} is an activity group that mostly targets ${sector} and prefers ${lure} for initial access.`
    : `${title} is a tool that several groups use against ${sector}; it usually arrives through ${lure}.`;
}

function indicators(id: string, index: number, certificates: readonly string[]) {
  const count = index === 0 ? 124 : index % 4;
  return Array.from({ length: count }, (_, row) => {
    const luck = chance(`profile indicator ${id} ${row}`);
    const first = luck.moment('2022-01-01T00:00:00Z', 700);
    return {
      '@odata.type': '#microsoft.graph.security.intelligenceProfileIndicator',
      id: indicatorId(index, row, id),
      source: luck.pick(SOURCES),
      firstSeenDateTime: first,
      lastSeenDateTime: row % 3 === 0 ? null : luck.moment(first, 200),
      artifact: index === 1 ? null : artifact(luck, index * 5 + row, certificates),
    };
  });
}

/** Two ids that differ by case alone stand beside those that Graph's samples show. */
function indicatorId(index: number, row: number, id: string): string {
  if (index === 2) return row === 0 ? 'Q2FzZUlk' : 'q2fzzulk';
  return row % 2 ? base64Hash(`${id} ${row}`) : guid(`${id} ${row}`);
}
