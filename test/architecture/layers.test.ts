import { readFileSync } from 'node:fs';
import {
  duplicateExports,
  findCycle,
  folderOf,
  forbiddenImports,
  forbiddenInterfaceImports,
  forbiddenPackages,
  importsOf,
  LAYERS,
  readSources,
  undeclaredRequests,
} from '../../scripts/check-architecture';
import { findPhrases, readPhrases } from '../../scripts/check-words';

const sources = readSources();

test('no file of src/ imports a higher layer or another folder of its layer', () => {
  const imports = importsOf(sources);
  expect(imports.length).toBeGreaterThan(sources.size);
  expect(forbiddenImports(imports)).toEqual([]);
});

test('no imports of src/ form a cycle', () => {
  expect(findCycle(importsOf(sources))).toEqual([]);
});

test('no name is exported twice in src/', () => {
  expect(duplicateExports(sources)).toEqual([]);
});

test('an import of a higher layer or of the same one, a cycle and a duplicate are found', () => {
  const files = new Map([
    [
      'src/graph/a.ts',
      "import { b } from '../commands/b';\nimport type { c } from '../auth/c';\nexport const x = 1;",
    ],
    ['src/commands/b.ts', "import { a } from '../graph/a';\nexport function x() {}"],
    ['src/auth/c.ts', 'export interface c {}'],
  ]);
  expect(forbiddenImports(importsOf(files))).toEqual([
    { from: 'src/graph/a.ts', to: 'src/commands/b.ts' },
    { from: 'src/graph/a.ts', to: 'src/auth/c.ts' },
  ]);
  expect(findCycle(importsOf(files))).toEqual(['src/graph/a.ts', 'src/commands/b.ts', 'src/graph/a.ts']);
  expect(duplicateExports(files)).toEqual(['x is exported by src/graph/a.ts and src/commands/b.ts']);
});

test('an interface imports only the interfaces that it may', () => {
  expect(forbiddenInterfaceImports(importsOf(sources))).toEqual([]);
  const files = new Map([
    ['src/doors/run/a.ts', "import { b } from '../serve/b';\nimport { c } from '../io/c';"],
    ['src/doors/serve/b.ts', "import { a } from '../run/a';"],
    ['src/doors/io/c.ts', ''],
  ]);
  expect(forbiddenInterfaceImports(importsOf(files))).toEqual([
    { from: 'src/doors/run/a.ts', to: 'src/doors/serve/b.ts' },
  ]);
});

test('a package is imported only in its folders', () => {
  expect(forbiddenPackages(sources)).toEqual([]);
  expect(forbiddenPackages(new Map([['src/graph/a.ts', "import axios from 'axios';"]]))).toEqual([
    'src/graph/a.ts must not import axios: only http may',
  ]);
});

test('every request to Graph comes from a declared route', () => {
  expect(undeclaredRequests(sources)).toEqual([]);
});

test.each([
  ["const path = '/security/threatIntelligence/articles';", 'writes a path of Graph'],
  ['const path = `${API}/articles`;', 'writes a path of Graph'],
  ['const url = new URL(`/v1.0${path}`, origin);', 'writes a URL of Graph'],
  ["await transport({ method: 'GET', url });", 'builds a request for a transport'],
])('%s is not a declared route', (code, problem) => {
  expect(undeclaredRequests(new Map([['src/enrich/a.ts', code]]))).toEqual([
    expect.stringContaining(problem),
  ]);
  expect(undeclaredRequests(new Map([['src/graph/a.ts', code]]))).toEqual([]);
});

test('the page of the architecture describes every folder of the layers', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const missing = LAYERS.flat().filter((folder) => folder !== '' && !page.includes(`| \`${folder}/\` |`));
  expect(missing).toEqual([]);
});

test('a new folder of src/ needs a layer', () => {
  expect(() => folderOf('src/elsewhere/a.ts')).toThrow('src/elsewhere/a.ts is in no layer');
});

test.each(readPhrases().phrases.map(({ find }) => find))(
  'the phrase %s is a pattern that leaves plain text alone',
  (find) => {
    expect(
      findPhrases('Microsoft Graph is temporarily unavailable. Retry in 17 seconds.', 'a.md', {
        phrases: [{ find, write: '' }],
      }),
    ).toEqual([]);
  },
);

test('a phrase is found with its file, its line and what to write', () => {
  const phrase = ['service is', 'ill'].join(' ');
  expect(findPhrases(`Fine.\nThe ${phrase}.`, 'a.md', readPhrases())).toMatchObject([
    { file: 'a.md', line: 2, found: phrase, write: expect.stringContaining('temporarily unavailable') },
  ]);
});
