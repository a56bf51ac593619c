import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useSharedSection } from '../../../src/doors/cli/config/shared-section';
import { SHARED_VARIABLES } from '../../../src/redis/settings';

const file = join(mkdtempSync(join(tmpdir(), 'mdti-shared-')), 'config.json');

/** The variables after the section of a file with this content was read. */
function variables(content: unknown, environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const all: NodeJS.ProcessEnv = { MDTI_CONFIG: file, ...environment };
  useSharedSection(all);
  const { MDTI_CONFIG: _, ...others } = all;
  return others;
}

const [first = '', second = ''] = Object.keys(SHARED_VARIABLES).filter((name) => name !== 'url');
const nameOf = (setting: string) => SHARED_VARIABLES[setting as keyof typeof SHARED_VARIABLES];

test('sets the variables of the shared services that the environment does not set', () => {
  const shared = { url: 'redis://example.org', [first]: 'a', [second]: 5 };
  expect(variables({ shared }, { [nameOf(first)]: 'mine' })).toEqual({
    [SHARED_VARIABLES.url]: 'redis://example.org',
    [nameOf(first)]: 'mine',
    [nameOf(second)]: '5',
  });
});

test('an environment with an address is used alone', () => {
  const mine = { [SHARED_VARIABLES.url]: 'redis://mine.example' };
  expect(variables({ shared: { url: 'redis://example.org', [first]: 'a' } }, mine)).toEqual(mine);
});

test.each([
  ['no section', { profiles: {} }],
  ['another form', []],
  ['broken JSON, which the verb that needs a profile reports', '{'],
])('a file with %s sets nothing', (_, content) => {
  expect(variables(content)).toEqual({});
});

test.each([
  [5, 'is not an object'],
  [{ uri: 'redis://example.org' }, 'has "uri"'],
  [{ toString: 'x' }, 'has "toString"'],
  [{ url: true }, 'has url that is not a string'],
  [{ url: null }, 'has url that is not a string'],
])('a section %j is rejected', (shared, what) => {
  expect(() => variables({ shared })).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: `${file}: the section "shared" ${what}.`,
      hint: `It takes ${Object.keys(SHARED_VARIABLES).join(', ')}; see docs/scale-out.md.`,
    }),
  );
});
