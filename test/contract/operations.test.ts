import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalog } from '../../src/commands/generated/catalog';
import { placeholders, type Route } from '../../src/graph/route';
import { commands } from '../../src/manifest/generated/commands';
import type { CommandName } from '../../src/manifest/generated/types';
import { recordedPlugin } from '../support/recorder';
import documented from './documented.json';

/** The operations that Microsoft documents, a page each, with the paths on the page. */
const operations: readonly (readonly [operation: string, paths: readonly string[]])[] =
  Object.entries(documented);

/** Microsoft's own pages, where they lie beside the clone. */
const PAGES = join(__dirname, '../../../shared/graph/examples');

/** A value for each argument in a route: an observable where one is expected, else an id like those of Graph. */
const VALUES: Readonly<Record<string, string>> = {
  host_id: 'contoso.com',
  vulnerability_id: 'CVE-2099-10001',
};

interface Reached {
  readonly command: string;
  /** The path below the version, as the transport received it. */
  readonly path: string;
}

/** Runs each route of each command, with only the required arguments, and returns the requests that reached the transport. */
async function reachAll(): Promise<Reached[]> {
  const reached: Reached[] = [];
  const { plugin, requested } = recordedPlugin();
  for (const [command, declared] of Object.entries(catalog)) {
    const routes: readonly Route[] = 'routes' in declared ? declared.routes : [];
    for (const { line, when } of routes) {
      const names = placeholders(line);
      const specs = commands[command as CommandName].arguments;
      const values = names.map((name) => [name, VALUES[name] ?? specs[name]?.choices?.[0] ?? `${name}=/+`]);
      await plugin.execute(command, { ...Object.fromEntries(values), ...when });
      reached.push(...requested.splice(0).map((line) => ({ command, path: pathOf(line) })));
    }
  }
  return reached;
}

function pathOf(line: string): string {
  return decodeURI(line.replace('GET https://graph.microsoft.com/v1.0', ''));
}

/** Whether a path is the documented one with something in each place; one page has a set in the singular. */
function matches(page: string, path: string): boolean {
  const [pathname = '', query = ''] = page
    .replace('/whoisHistoryRecord/', '/whoisHistoryRecords/')
    .split('?');
  const [, search] = /(\$search="[^"]*")/.exec(path) ?? [];
  const wanted = new RegExp(`^${pathname.replace(/\{\w+\}/g, '[^/?]+')}(?:\\?|$)`);
  return wanted.test(path) && (search !== undefined) === query.startsWith('$search="');
}

let reached: Reached[];
beforeAll(async () => {
  reached = await reachAll();
});

test('each documented path is reached by a command', () => {
  const lines = operations.map(([operation, pages]) => ({
    operation,
    ways: pages.map((page) => ({ page, by: reached.find(({ path }) => matches(page, path))?.command })),
  }));
  const whole = lines.filter(({ ways }) => ways.every(({ by }) => by !== undefined));
  const outcome = lines.flatMap(({ ways }) =>
    ways.map(({ page, by }) => `${page}  ${by ?? 'by no command'}`),
  );
  console.info(outcome.join('\n'));
  process.stdout.write(
    `${whole.length} of ${operations.length} documented operations are reached by a command\n`,
  );
  expect(lines.filter((line) => !whole.includes(line))).toEqual([]);
  expect(operations).toHaveLength(40);
});

test('no command requests an undocumented path', () => {
  const pages = operations.flatMap(([, paths]) => paths);
  const strange = reached.filter(({ path }) => !pages.some((page) => matches(page, path)));
  expect(strange.map(({ path }) => path)).toEqual([
    expect.stringMatching(/^\/security\/threatIntelligence\/vulnerabilities\/CVE-2099-10001\/articles\?/),
  ]);
});

(existsSync(PAGES) ? test : test.skip)('the documented paths are the ones on the pages', () => {
  const pages = readdirSync(PAGES)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(PAGES, file), 'utf8')))
    .map(({ operation, paths }) => [operation, paths]);
  expect(Object.fromEntries(operations)).toEqual(Object.fromEntries(pages));
});
