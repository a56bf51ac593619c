import { catalog } from '../../src/commands/generated/catalog';
import { pathPart, placeholders, queryPart, type Route } from '../../src/graph/route';

/** A command, and the arguments with which it takes one of its routes. */
export interface Way {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
}

/** The documentation spells one set in two ways; the model's spelling is right. */
const MISSPELLED = ['/whoisHistoryRecord/', '/whoisHistoryRecords/'] as const;

/** The command whose route a path of Graph takes, and the arguments that lead there; undefined where none does. */
export function wayTo(path: string): Way | undefined {
  const [pathname = '', query = ''] = path.replace(...MISSPELLED).split('?');
  for (const [command, declared] of Object.entries(catalog)) {
    const routes: readonly Route[] = 'routes' in declared ? declared.routes : [];
    for (const route of routes) {
      const args = argumentsFor(route, pathname, query);
      if (args !== undefined) return { command, args };
    }
  }
  return undefined;
}

function argumentsFor({ line, when }: Route, pathname: string, query: string): Way['args'] | undefined {
  const inPath = values(pathPart(line), new RegExp(`^${holes(pathPart(line), '([^/]+)')}$`).exec(pathname));
  const inQuery = values(queryPart(line), /^\$search="([^:"]+):([^:"&]+)/.exec(query));
  if (inPath === undefined || (inQuery === undefined && queryPart(line) !== '')) return undefined;
  return { ...when, ...inPath, ...inQuery };
}

function holes(template: string, pattern: string): string {
  return template.replace(/\{\w+\}/g, pattern);
}

function values(template: string, found: RegExpExecArray | null): Way['args'] | undefined {
  if (found === null) return undefined;
  return Object.fromEntries(placeholders(template).map((name, at) => [name, found[at + 1] ?? '']));
}
