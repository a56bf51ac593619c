import { isRecord, type JsonObject } from '../../base/json';
import type { Command } from '../../commands/declaration/command';
import { catalog } from '../../commands/generated/catalog';
import { linkedArticle } from '../../investigation/portal-link';
import type { CommandName } from '../../manifest/generated/types';
import { compact, compactSchema } from './compact';
import { fitting, type InvestigationTool } from './investigation-tool';
import { markedSteps, type NextStep, nextSteps, STEPS_SCHEMA } from './next-steps';
import { typesOf } from './result-types';
import { camel } from './rows';
import { markUntrusted, untrusted } from './untrusted';

const PREFIX = 'msg-defender-threat-intel-';

/** Characters of JSON that the rows of one part may have. */
const ROOM = 4_000;

/** Keys of `Contents` that are a second list of one kind. */
const SECOND: Readonly<Record<string, string>> = { PassiveDnsReverse: 'PassiveDns' };

/** Parts with one object; all others are lists. */
const SINGLE = {
  'host-summary': ['Host', 'HostReputation', 'Whois'],
  'article-summary': ['Article'],
  'profile-summary': ['Profile'],
  'vulnerability-summary': ['Vulnerability'],
} as const satisfies Record<string, readonly string[]>;

/** The tool of a summary command. */
export function summaryTool(name: keyof typeof SINGLE, description: string): InvestigationTool {
  const command = catalog[`${PREFIX}${name}` as CommandName] as Command;
  const types = typesOf(command);
  const single: readonly string[] = SINGLE[name];
  const keys = [...Object.keys(types), ...(name === 'host-summary' ? Object.keys(SECOND) : [])];
  const typeOf = (key: string) => types[SECOND[key] ?? key] ?? 'entity';
  const parts = keys.map((key) => {
    const schema = compactSchema(typeOf(key));
    return [camel(key), single.includes(key) ? schema : { type: 'array', items: { type: 'string' } }];
  });
  return {
    description,
    outputSchema: {
      type: 'object',
      properties: {
        found: { type: 'boolean' },
        ...Object.fromEntries(parts),
        notes: { type: 'string' },
        next: STEPS_SCHEMA,
      },
      required: ['found', 'next'],
      additionalProperties: false,
    },
    shape(outcome, args) {
      const [entry] = outcome.entries;
      const contents = isRecord(entry?.Contents) ? entry.Contents : {};
      const shaped = Object.entries(contents).flatMap(([key, value]): [string, unknown][] => {
        if (isRecord(value)) return [[camel(key), compact(typeOf(key), value)]];
        if (!Array.isArray(value) || value.length === 0) return [];
        return [
          [
            camel(key),
            fitting(
              value.map((row) => line(compact(typeOf(key), row))),
              ROOM,
            ),
          ],
        ];
      });
      const notes = notesOf(String(entry?.HumanReadable));
      return {
        found: Object.keys(contents).length > 0,
        ...(markUntrusted(Object.fromEntries(shaped)) as JsonObject),
        ...(notes === '' ? {} : { notes }),
        next: markedSteps(stepsOf(contents, args)),
      };
    },
  };
}

/** A row in one line: `recordType: A; artifact: 192.0.2.1`. */
function line(row: JsonObject): string {
  return Object.entries(row)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}

/** Which parts failed, and how many rows were left out. */
function notesOf(markdown: string): string {
  const lines = markdown.split('\n').map((line) => line.replace(/ For the rest, run `[^`]*`\.$/, ''));
  const cut = lines
    .filter((line) => SHOWING.test(line))
    .join(' ')
    .slice(0, 500);
  const failed = lines
    .filter((line) => line.startsWith('Failed: '))
    .join(' ')
    .slice(0, 2_000 - cut.length);
  return [untrusted(failed), cut].filter(Boolean).join(' ');
}

/** A note whose words are all ours; a failure quotes what the service said. */
const SHOWING = /^Showing [\d,]+(?: of [\d,]+\.|; more are available\.)$/;

function stepsOf(contents: JsonObject, args: JsonObject): NextStep[] {
  const host = [args.host_id].flat()[0];
  const { rules } = isRecord(contents.HostReputation) ? contents.HostReputation : {};
  const articles = Array.isArray(rules)
    ? rules.filter(isRecord).flatMap(({ relatedDetailsUrl }) => linkedArticle(relatedDetailsUrl) ?? [])
    : [];
  return [
    ...[...new Set(articles)].slice(0, 2).map((article_id) => ({
      tool: 'article_summary',
      arguments: { article_id },
      why: 'The verdict refers to this article.',
    })),
    ...nextSteps(contents),
    ...(typeof host === 'string' && Object.keys(contents).length > 0
      ? [{ tool: 'expand', arguments: { seeds: [host] }, why: 'Shows what else belongs to this host.' }]
      : []),
  ];
}
