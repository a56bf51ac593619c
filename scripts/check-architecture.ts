import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/**
 * The floors of `src/`, low to high. A folder imports from itself and from lower floors; folders on one floor do not know each
 * other. Type imports count: a type that is needed below belongs below.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['budget'],
  ['http', 'manifest', 'model', 'observables', 'xsoar'],
  ['state', 'config'],
  ['cache'],
  ['redis', 'metrics'],
  ['graph', 'auth'],
  ['plan', 'investigation'],
  ['output'],
  ['commands'],
  ['engine', 'sandbox'],
  ['enrich', 'doctor'],
  ['queue'],
  ['doors/io'],
  ['doors'],
  ['launcher', ''],
];

/** One import of a source file from another. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** The part of `src/` that a file belongs to: the longest folder of the floors that contains it, `''` for `src/index.ts`. */
export function folderOf(file: string): string {
  const path = file.replace(/^src\//, '');
  const folders = FLOORS.flat().filter((folder) => folder !== '' && path.startsWith(`${folder}/`));
  const [longest] = folders.sort((one, other) => other.length - one.length);
  if (longest !== undefined) return longest;
  if (path.includes('/'))
    throw new Error(`src/${path} is on no floor: add its folder in scripts/check-architecture.ts`);
  return '';
}

/** The imports that point up, or sideways to another folder of the same floor. */
export function forbiddenImports(imports: readonly Import[]): Import[] {
  const floorOf = (file: string) => FLOORS.findIndex((floor) => floor.includes(folderOf(file)));
  return imports.filter(({ from, to }) => folderOf(from) !== folderOf(to) && floorOf(to) >= floorOf(from));
}

/** The files of the first circle of imports, in order; none if there is no circle. */
export function findCircle(imports: readonly Import[]): string[] {
  const targets = new Map<string, Import[]>();
  for (const one of imports) targets.set(one.from, [...(targets.get(one.from) ?? []), one]);
  const done = new Set<string>();
  function visit(file: string, path: readonly string[]): string[] {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { to } of targets.get(file) ?? []) {
      const circle = visit(to, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  }
  for (const file of targets.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

/** Exported names that two files declare; a re-export declares nothing. */
export function duplicateExports(files: ReadonlyMap<string, string>): string[] {
  const places = new Map<string, string[]>();
  for (const [file, text] of files)
    for (const [, name = ''] of text.matchAll(
      /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm,
    ))
      places.set(name, [...(places.get(name) ?? []), file]);
  return [...places]
    .filter(([, at]) => new Set(at).size > 1)
    .map(([name, at]) => `${name} is exported by ${[...new Set(at)].join(' and ')}`);
}

export function importsOf(files: ReadonlyMap<string, string>): Import[] {
  return [...files].flatMap(([from, text]) =>
    [...text.matchAll(/(?:from|import\(|^import) ?'(\.[^']*)'/gm)].flatMap(([, target = '']) => {
      const path = normalize(join(dirname(from), target));
      const to = [`${path}.ts`, `${path}/index.ts`, path].find((candidate) => files.has(candidate));
      return to === undefined ? [] : [{ from, to }];
    }),
  );
}

export function readSources(): Map<string, string> {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const texts = files.flatMap((file): [string, string][] => {
    try {
      return [[file, readFileSync(file, 'utf8')]];
    } catch {
      return []; // deleted, and still in the index
    }
  });
  return new Map(texts);
}

function check(): void {
  const files = readSources();
  const imports = importsOf(files);
  const circle = findCircle(imports);
  const wrong = [
    ...forbiddenImports(imports).map(
      ({ from, to }) => `${from} must not import ${to}: its folder is not on a lower floor`,
    ),
    ...(circle.length > 0 ? [`a circle of imports: ${circle.join(' → ')}`] : []),
    ...duplicateExports(files),
  ];
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) process.exitCode = 1;
}

if (require.main === module) check();
