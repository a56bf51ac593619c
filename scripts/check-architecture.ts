import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/**
 * The layers of `src/`, low to high. A folder imports from itself and from lower layers; folders of one layer do not import each
 * other. Type imports count: a type that a lower layer needs belongs there.
 */
export const LAYERS: readonly (readonly string[])[] = [
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

/**
 * Which other interfaces an interface may import; all of them may import `doors/io`. The command line starts every interface, and those
 * for users use its tables, help and profiles.
 */
export const INTERFACE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  run: [],
  queue: [],
  serve: ['run'],
  'xsoar-loop': ['serve'],
  mcp: ['cli'],
  'war-room': ['cli'],
  web: ['cli', 'war-room'],
  cli: ['run', 'serve', 'xsoar-loop', 'mcp', 'war-room', 'web', 'queue'],
};

/** The only folders that may import a package. */
export const PACKAGE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  axios: ['http'],
  '@azure/msal-node': ['auth'],
  '@azure/identity': ['auth'],
  '@azure/core-rest-pipeline': ['auth'],
  '@azure/storage-blob': ['queue'],
  bullmq: ['queue'],
  ioredis: ['redis', 'queue', 'doors/queue'],
  'csv-parse': ['enrich'],
  yaml: ['doors/cli', 'queue'],
};

/** One import of a source file from another. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Returns the folder of the layers that contains a file, the longest that fits; `''` for `src/index.ts`. */
export function folderOf(file: string): string {
  const path = file.replace(/^src\//, '');
  const folders = LAYERS.flat().filter((folder) => folder !== '' && path.startsWith(`${folder}/`));
  const [longest] = folders.sort((one, other) => other.length - one.length);
  if (longest !== undefined) return longest;
  if (path.includes('/'))
    throw new Error(`src/${path} is in no layer: add its folder in scripts/check-architecture.ts`);
  return '';
}

/** Returns the imports of a higher layer, and those of another folder of the same layer. */
export function forbiddenImports(imports: readonly Import[]): Import[] {
  const layerOf = (file: string) => LAYERS.findIndex((layer) => layer.includes(folderOf(file)));
  return imports.filter(({ from, to }) => folderOf(from) !== folderOf(to) && layerOf(to) >= layerOf(from));
}

/** Returns the imports of one interface from another that `INTERFACE_IMPORTS` does not allow. */
export function forbiddenInterfaceImports(imports: readonly Import[]): Import[] {
  const interfaceOf = (file: string) => /^src\/doors\/([^/]+)\//.exec(file)?.[1];
  return imports.filter(({ from, to }) => {
    const [own, other] = [interfaceOf(from), interfaceOf(to)];
    if (own === undefined || other === undefined || own === other || other === 'io') return false;
    return !(INTERFACE_IMPORTS[own] ?? []).includes(other);
  });
}

/** Returns a line for each import of a package outside the folders that may import it. */
export function forbiddenPackages(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, text]) =>
    [...text.matchAll(/(?:from|import\() ?'([^'.][^']*)'/g)].flatMap(([, name = '']) => {
      const allowed = PACKAGE_FOLDERS[name];
      return allowed === undefined || allowed.some((folder) => file.startsWith(`src/${folder}/`))
        ? []
        : [`${file} must not import ${name}: only ${allowed.join(', ')} may`];
    }),
  );
}

/** Folders that build requests to Graph, or serve them; sign-in has its own services. */
const REQUEST_FOLDERS = /^src\/(graph|model|sandbox)\//;

/**
 * Returns a line for each file that makes a request to Graph without a declared route: it writes a path of Graph outside `collection(…)`
 * and `entity(…)`, writes the version of its URLs, or builds what it passes to a transport.
 */
export function undeclaredRequests(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, text]) => {
    if (REQUEST_FOLDERS.test(file)) return [];
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const undeclared = code.replace(
      /\b(?:collection|entity)\(\s*'GET \/security\/threatIntelligence[^']*'/g,
      '',
    );
    const sends = /^src\/(auth|http)\//.test(file) ? [] : [...code.matchAll(/\btransport\((?!request\)|:)/g)];
    return [
      ...(/\/security\/threatIntelligence|\$\{API\}/.test(undeclared)
        ? [`${file} writes a path of Graph: declare a route with collection() or entity()`]
        : []),
      ...(/['"`]\/v1\.0|VERSION_PATH/.test(code) ? [`${file} writes a URL of Graph: use graphUrl()`] : []),
      ...(sends.length > 0 ? [`${file} builds a request for a transport: use a Graph client`] : []),
    ];
  });
}

/** Returns the files of the first cycle of imports, in order; none if there is no cycle. */
export function findCycle(imports: readonly Import[]): string[] {
  const targets = new Map<string, Import[]>();
  for (const one of imports) targets.set(one.from, [...(targets.get(one.from) ?? []), one]);
  const done = new Set<string>();
  function visit(file: string, path: readonly string[]): string[] {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { to } of targets.get(file) ?? []) {
      const cycle = visit(to, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  }
  for (const file of targets.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
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
  const cycle = findCycle(imports);
  const wrong = [
    ...forbiddenImports(imports).map(
      ({ from, to }) => `${from} must not import ${to}: its folder is not in a lower layer`,
    ),
    ...forbiddenInterfaceImports(imports).map(
      ({ from, to }) => `${from} must not import ${to}: see INTERFACE_IMPORTS`,
    ),
    ...forbiddenPackages(files),
    ...undeclaredRequests(files),
    ...(cycle.length > 0 ? [`a cycle of imports: ${cycle.join(' → ')}`] : []),
    ...duplicateExports(files),
  ];
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) process.exitCode = 1;
}

if (require.main === module) check();
