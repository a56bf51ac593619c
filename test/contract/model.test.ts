import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModel, type Model as Written } from '../../scripts/generate/model';
import type { Member } from '../../src/model/walk';
import { model } from './resolve';

/** Microsoft's published model, which only some working copies have. */
const PUBLISHED = join(__dirname, '../../../shared/graph/model.json');

interface Published {
  readonly root: string;
  readonly types: Readonly<Record<string, { readonly baseType?: string }>>;
}

const written = readModel(readFileSync(join(__dirname, '../../src/model/model.yml'), 'utf8'));
const types = Object.entries(model.types);

test('the model has every type of the API', () => {
  expect(types).toHaveLength(48);
});

test.each(types)('%s refers to existing types', (_name, { base, properties, navigation }) => {
  const members: Member[] = [...Object.values(properties ?? {}), ...Object.values(navigation ?? {})];
  const named = [...members.map(({ type }) => type), ...(base === undefined ? [] : [base])];
  expect(named.filter((type) => !type.startsWith('Edm.') && !(type in model.types))).toEqual([]);
});

test.each(types)('%s has what its kind has', (_name, { kind, members, properties, navigation }) => {
  expect(['entity', 'complex', 'enum']).toContain(kind);
  expect(members !== undefined).toBe(kind === 'enum');
  if (kind === 'enum') expect([properties, navigation]).toEqual([undefined, undefined]);
});

(existsSync(PUBLISHED) ? test : test.skip)(
  'our transcription is what Microsoft published, type by type',
  () => {
    const published = JSON.parse(readFileSync(PUBLISHED, 'utf8')) as Published;
    expect(published.root).toBe(fullName(written, model.root));
    expect(qualified()).toEqual(published.types);
  },
);

/** Our types in the spelling of the published model. */
function qualified(): Record<string, unknown> {
  return Object.fromEntries(
    types.map(([name, { base, properties, navigation, ...rest }]) => [
      fullName(written, name),
      {
        ...rest,
        ...(base === undefined ? {} : { baseType: fullName(written, base) }),
        ...(properties === undefined ? {} : { properties: qualifiedMembers(properties) }),
        ...(navigation === undefined ? {} : { navigation: qualifiedMembers(navigation) }),
      },
    ]),
  );
}

function qualifiedMembers(members: Readonly<Record<string, Member>>): Record<string, Member> {
  const entries = Object.entries(members);
  return Object.fromEntries(
    entries.map(([name, member]) => [name, { ...member, type: fullName(written, member.type) }]),
  );
}

function fullName({ types }: Written, name: string): string {
  const namespace = types[name]?.namespace;
  return namespace === undefined ? name : `${namespace}.${name}`;
}
