import {
  duplicateExports,
  findCircle,
  folderOf,
  forbiddenImports,
  importsOf,
  readSources,
} from '../../scripts/check-architecture';
import { findPhrases, readPhrases } from '../../scripts/check-words';

const sources = readSources();

test('no import of src/ points up or to a neighbour on the same floor', () => {
  const imports = importsOf(sources);
  expect(imports.length).toBeGreaterThan(sources.size);
  expect(forbiddenImports(imports)).toEqual([]);
});

test('no imports of src/ form a circle', () => {
  expect(findCircle(importsOf(sources))).toEqual([]);
});

test('no name is exported twice in src/', () => {
  expect(duplicateExports(sources)).toEqual([]);
});

test('an import that points up or sideways, a circle and a duplicate are found', () => {
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
  expect(findCircle(importsOf(files))).toEqual(['src/graph/a.ts', 'src/commands/b.ts', 'src/graph/a.ts']);
  expect(duplicateExports(files)).toEqual(['x is exported by src/graph/a.ts and src/commands/b.ts']);
});

test('a new folder of src/ needs a floor', () => {
  expect(() => folderOf('src/elsewhere/a.ts')).toThrow('src/elsewhere/a.ts is on no floor');
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
